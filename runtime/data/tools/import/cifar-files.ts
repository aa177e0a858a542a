import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { systemErrorCode } from '../../../native/failure.js';
import { DataFailure } from '../../data-failure.js';

/** How the binary version of a CIFAR set is laid out. */
export interface CifarForm {
  readonly train: readonly string[];
  readonly test: readonly string[];
  /** Bytes of labels before the pixels; the last of them counts. */
  readonly labels: number;
  readonly classes: number;
  /** Has the names of the classes, a line each. */
  readonly names: string;
}

const cifar10: CifarForm = {
  train: [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`),
  test: ['test_batch.bin'],
  labels: 1,
  classes: 10,
  names: 'batches.meta.txt',
};

/** A coarse label, then a fine one. */
const cifar100: CifarForm = {
  train: ['train.bin'],
  test: ['test.bin'],
  labels: 2,
  classes: 100,
  names: 'fine_label_names.txt',
};

export const cifarForms = { cifar10, cifar100 } as const;

/** Sides of the pictures. */
export const cifarSide = 32;
const plane = cifarSide * cifarSide;

/** A record of a CIFAR file. */
export interface CifarRecord {
  readonly label: number;
  /** C x H x W; channels B G R, as Caffe has them. */
  readonly pixels: Uint8Array;
}

const recordSize = ({ labels }: CifarForm): number => labels + 3 * plane;

/** A file of pictures, and how many it has. */
export interface CifarFile {
  readonly path: string;
  readonly records: number;
  /** Bytes behind the last whole record. */
  readonly rest: number;
}

/**
 * Looks at the size of a file.
 * @throws {DataFailure} Where it is missing or empty.
 */
export async function cifarFile(
  folder: string,
  name: string,
  form: CifarForm,
): Promise<CifarFile> {
  const path = join(folder, name);
  const size = await sizeOf(path);
  if (size === undefined) {
    throw new DataFailure('is missing', {
      file: path,
      cure: `name the folder of the unpacked binary version, which has ${name}`,
    });
  }
  const records = Math.floor(size / recordSize(form));
  if (records === 0) throw new DataFailure('has no record', { file: path });
  return { path, records, rest: size % recordSize(form) };
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    // A pipe or a device may never end.
    return found.isFile() ? found.size : undefined;
  } catch (thrown) {
    const code = systemErrorCode(thrown);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw thrown;
  }
}

/** Records that are read at once: 3 MB. */
const atOnce = 1000;

/** The whole records of a file, in its order. */
export async function* cifarRecords(
  { path, records }: CifarFile,
  form: CifarForm,
): AsyncGenerator<CifarRecord> {
  const size = recordSize(form);
  const file = await open(path);
  try {
    for (let from = 0; from < records; from += atOnce) {
      const count = Math.min(atOnce, records - from);
      const bytes = new Uint8Array(count * size);
      const { bytesRead } = await file.read(bytes, 0, bytes.length);
      if (bytesRead < bytes.length) {
        throw new DataFailure('became shorter while it was read', {
          file: path,
        });
      }
      for (let at = 0; at < bytes.length; at += size) {
        yield recordOf(bytes.subarray(at, at + size), form);
      }
    }
  } finally {
    await file.close();
  }
}

/** The file has the planes R, G, B. */
function recordOf(bytes: Uint8Array, { labels }: CifarForm): CifarRecord {
  const pixels = new Uint8Array(3 * plane);
  for (let c = 0; c < 3; c++) {
    const from = labels + (2 - c) * plane;
    pixels.set(bytes.subarray(from, from + plane), c * plane);
  }
  return { label: bytes[labels - 1] ?? 0, pixels };
}

/** The classes by their labels; undefined where there is no file of their names. */
export async function cifarNames(
  folder: string,
  { names, classes }: CifarForm,
): Promise<readonly string[] | undefined> {
  const file = join(folder, names);
  if ((await sizeOf(file)) === undefined) return undefined;
  const lines = (await readFile(file, 'utf8'))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === classes) return lines;
  throw new DataFailure(`has ${lines.length} names for ${classes} classes`, {
    file,
    cure: 'take the one of the set, or remove it',
  });
}
