import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { openDatabase } from '../../../../../runtime/data/databases/open-database.js';
import type { DatabaseRecord } from '../../../../../runtime/data/record-reader.js';
import { packageRoot } from '../../../../../runtime/package-root.js';

/** Small sets in the forms in which the large ones are published. */

const plane = 1024;

/** Pixels by plane, R G B, that differ from record to record. */
export const cifarPixels = (number: number): readonly Uint8Array[] =>
  [0, 1, 2].map((channel) =>
    Uint8Array.from(
      { length: plane },
      (_, i) => 7 * number + 50 * channel + (i % 31),
    ),
  );

/** A record of the binary version. */
export const cifarRecord = (
  labels: readonly number[],
  number: number,
): Buffer => Buffer.concat([Uint8Array.from(labels), ...cifarPixels(number)]);

/** `cifar-10-batches-bin` with two records in each of its files; record n has the label n % 10. */
export function makeCifar10(folder: string): void {
  const names = [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`);
  for (const [index, name] of [...names, 'test_batch.bin'].entries()) {
    const records = [2 * index, 2 * index + 1].map((number) =>
      cifarRecord([number % 10], number),
    );
    writeFileSync(join(folder, name), Buffer.concat(records));
  }
  const classes = Array.from({ length: 10 }, (_, i) => `class${i}`);
  // The published file ends so.
  writeFileSync(join(folder, 'batches.meta.txt'), `${classes.join('\n')}\n\n`);
}

/** `cifar-100-binary` with three records for training and one for tests. */
export function makeCifar100(folder: string): void {
  const train = [0, 1, 2].map((number) =>
    cifarRecord([19, 97 + number], number),
  );
  writeFileSync(join(folder, 'train.bin'), Buffer.concat(train));
  writeFileSync(join(folder, 'test.bin'), cifarRecord([3, 42], 9));
  const classes = Array.from({ length: 100 }, (_, i) => `fine${i}`);
  writeFileSync(
    join(folder, 'fine_label_names.txt'),
    `${classes.join('\n')}\n`,
  );
}

const images = join(packageRoot(), 'test', 'reference', 'data', 'images');

/** `train` and `val` with two classes; returns where its pictures are from, by name. */
export function makeImageNet(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(images).toSorted();
  const sources = new Map<string, string>();
  for (const [part, count] of [
    ['train', 6],
    ['val', 2],
  ] as const) {
    for (const [label, name] of ['n01440764', 'n01443537'].entries()) {
      mkdirSync(join(folder, part, name), { recursive: true });
      for (let i = 0; i < count; i++) {
        const source = join(images, files[2 * i + label] ?? '');
        const path = `${name}/${part}_${i}.JPEG`;
        copyFileSync(source, join(folder, part, path));
        sources.set(path, source);
      }
    }
  }
  return sources;
}

/** All records of a database. */
export async function recordsOf(
  path: string,
): Promise<readonly DatabaseRecord[]> {
  const reader = await openDatabase(path, undefined);
  try {
    return await reader.read(1000);
  } finally {
    await reader.close();
  }
}
