import type { FileHandle } from 'node:fs/promises';

/** One file of a zip archive. */
export interface ZipEntry {
  readonly name: string;
  readonly method: 'stored' | 'deflated';
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly executable: boolean;
  /** Of the local header, in the archive. */
  readonly headerOffset: number;
}

/** The archive is not a whole, readable zip. */
export class ZipError extends Error {
  override readonly name = 'ZipError';
}

const endSignature = 0x06054b50;
const endLength = 22;
const zip64LocatorSignature = 0x07064b50;
const zip64LocatorLength = 20;
const zip64EndSignature = 0x06064b50;
const zip64EndLength = 56;
const centralSignature = 0x02014b50;
const centralLength = 46;
const localSignature = 0x04034b50;
const localLength = 30;
const longestComment = 0xffff;
/** What a 16 or 32 bit field holds when the value stands in a zip64 record. */
const elsewhere16 = 0xffff;
const elsewhere32 = 0xffffffff;

async function readAt(
  file: FileHandle,
  offset: number,
  length: number,
): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, offset);
  if (bytesRead !== length) throw new ZipError('the archive ends too early');
  return bytes;
}

interface Directory {
  readonly offset: number;
  readonly length: number;
  readonly entries: number;
}

async function findDirectory(file: FileHandle): Promise<Directory> {
  const { size } = await file.stat();
  const tailLength = Math.min(size, endLength + longestComment);
  const tailOffset = size - tailLength;
  const tail = await readAt(file, tailOffset, tailLength);
  let end = tailLength - endLength;
  // The comment after the record may hold its signature, too; only its length tells.
  while (
    end >= 0 &&
    (tail.readUInt32LE(end) !== endSignature ||
      end + endLength + tail.readUInt16LE(end + 20) !== tailLength)
  ) {
    end--;
  }
  if (end < 0) throw new ZipError('no zip directory: the archive is cut short');

  const directory = {
    entries: tail.readUInt16LE(end + 10),
    length: tail.readUInt32LE(end + 12),
    offset: tail.readUInt32LE(end + 16),
  };
  const isZip64 =
    directory.entries === elsewhere16 ||
    directory.length === elsewhere32 ||
    directory.offset === elsewhere32;
  if (!isZip64) return directory;

  const locator = await readAt(
    file,
    tailOffset + end - zip64LocatorLength,
    zip64LocatorLength,
  );
  if (locator.readUInt32LE(0) !== zip64LocatorSignature) {
    throw new ZipError('the zip64 locator is missing');
  }
  const record = await readAt(
    file,
    Number(locator.readBigUInt64LE(8)),
    zip64EndLength,
  );
  if (record.readUInt32LE(0) !== zip64EndSignature) {
    throw new ZipError('the zip64 directory record is missing');
  }
  return {
    entries: Number(record.readBigUInt64LE(32)),
    length: Number(record.readBigUInt64LE(40)),
    offset: Number(record.readBigUInt64LE(48)),
  };
}

/**
 * The 64 bit values of an entry: extra field 1 holds, in this order, only those whose
 * 32 bit field says "elsewhere".
 */
function widen(fields: readonly number[], extra: Buffer): readonly number[] {
  if (!fields.includes(elsewhere32)) return fields;
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) {
      const wide = extra.subarray(at + 4, at + 4 + length);
      let next = 0;
      return fields.map((field) => {
        if (field !== elsewhere32) return field;
        if (next + 8 > wide.length) {
          throw new ZipError('a zip64 field is too short');
        }
        next += 8;
        return Number(wide.readBigUInt64LE(next - 8));
      });
    }
    at += 4 + length;
  }
  throw new ZipError('a zip64 field is missing');
}

/** Reads the table of contents at the archive's end. */
export async function readZipDirectory(
  file: FileHandle,
): Promise<readonly ZipEntry[]> {
  const directory = await findDirectory(file);
  const bytes = await readAt(file, directory.offset, directory.length);
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < directory.entries;) {
    if (
      at + centralLength > bytes.length ||
      bytes.readUInt32LE(at) !== centralSignature
    ) {
      throw new ZipError('the zip directory is damaged');
    }
    const flags = bytes.readUInt16LE(at + 8);
    const method = bytes.readUInt16LE(at + 10);
    const nameEnd = at + centralLength + bytes.readUInt16LE(at + 28);
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
    const name = bytes.toString('utf8', at + centralLength, nameEnd);
    if ((flags & 1) !== 0) throw new ZipError(`${name} is encrypted`);
    if (method !== 0 && method !== 8) {
      throw new ZipError(`${name} is packed in an unknown way (${method})`);
    }
    const [size = 0, compressedSize = 0, headerOffset = 0] = widen(
      [
        bytes.readUInt32LE(at + 24),
        bytes.readUInt32LE(at + 20),
        bytes.readUInt32LE(at + 42),
      ],
      bytes.subarray(nameEnd, extraEnd),
    );
    entries.push({
      name,
      method: method === 0 ? 'stored' : 'deflated',
      crc32: bytes.readUInt32LE(at + 16),
      compressedSize,
      size,
      // The upper half of the external attributes is the file's mode under Unix.
      executable: (bytes.readUInt32LE(at + 38) & (0o100 << 16)) !== 0,
      headerOffset,
    });
    at = extraEnd + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** Where the packed bytes of an entry begin: its local header has lengths of its own. */
export async function dataOffset(
  file: FileHandle,
  entry: ZipEntry,
): Promise<number> {
  const header = await readAt(file, entry.headerOffset, localLength);
  if (header.readUInt32LE(0) !== localSignature) {
    throw new ZipError(`${entry.name} is not where the directory says`);
  }
  return (
    entry.headerOffset +
    localLength +
    header.readUInt16LE(26) +
    header.readUInt16LE(28)
  );
}
