import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';

import type { ByteSource } from '../../compiler/weights/byte-source.js';

import {
  findZipEntry,
  isStored,
  type Outcome,
  readZipDirectory,
  type ZipEntry,
} from '../arrays/zip-reader.js';
import { openFile } from '../file-source.js';

/** The archive is not a whole, readable zip. */
export class ZipError extends Error {
  override readonly name = 'ZipError';
}

function sound<T>(outcome: Outcome<T>): T {
  if ('problem' in outcome) throw new ZipError(outcome.problem);
  return outcome.value;
}

const chunkSize = 1 << 20;

export interface UnpackedFile {
  readonly path: string;
  readonly sha256: string;
}

/** Unpacks one entry as a stream, so that 800 MB never stand in memory. */
async function unpackEntry(
  source: ByteSource,
  entry: ZipEntry,
  target: string,
  onBytes: (count: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  let crc = 0;
  let size = 0;
  const watched = async function* (
    chunks: AsyncIterable<Buffer>,
  ): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      crc = crc32(chunk, crc);
      size += chunk.length;
      onBytes(chunk.length);
      yield chunk;
    }
  };
  const written = createWriteStream(target, {
    highWaterMark: chunkSize,
    mode: entry.executable ? 0o755 : 0o644,
  });
  const start = sound(findZipEntry(source, entry));
  if (entry.compressedSize === 0) {
    await pipeline([], written);
  } else {
    const packed = createReadStream(source.name, {
      start,
      end: start + entry.compressedSize - 1,
      highWaterMark: chunkSize,
    });
    if (isStored(entry)) await pipeline(packed, watched, written);
    else {
      await pipeline(packed, createInflateRaw({ chunkSize }), watched, written);
    }
  }
  if (size !== entry.size || crc !== entry.crc32) {
    throw new ZipError(`${entry.name} is damaged in the archive`);
  }
  return hash.digest('hex');
}

/** A name with `..` or a root in it would be written outside of the folder. */
function checkedPath(path: string): string {
  const normal = posix.normalize(path);
  if (posix.isAbsolute(normal) || normal.split('/').includes('..')) {
    throw new ZipError(`${path} points out of the folder`);
  }
  return normal;
}

/** Unpacks into `folder` the members to which `destination` gives a place. */
export async function unpackWheel(
  wheel: string,
  folder: string,
  destination: (member: string) => string | undefined,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<readonly UnpackedFile[]> {
  const source = openFile(wheel);
  try {
    const wanted = sound(readZipDirectory(source)).flatMap((entry) => {
      const place = entry.name.endsWith('/')
        ? undefined
        : destination(entry.name);
      return place === undefined ? [] : [{ entry, path: checkedPath(place) }];
    });
    const total = wanted.reduce((sum, { entry }) => sum + entry.size, 0);
    let done = 0;
    const unpacked: UnpackedFile[] = [];
    for (const { entry, path } of wanted) {
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      const sha256 = await unpackEntry(source, entry, target, (count) => {
        done += count;
        onProgress(done, total);
      });
      unpacked.push({ path, sha256 });
    }
    return unpacked;
  } finally {
    source.close();
  }
}
