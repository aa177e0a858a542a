import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { openDatabase } from '../../../../../runtime/data/databases/open-database.js';
import {
  type Created,
  createFromList,
  type CreateRequest,
} from '../../../../../runtime/data/tools/create/create-from-list.js';

import { withTemporaryFolder } from '../../../../support/temporary-folder.js';
import { imageNumber, pngOf } from '../../made-sources.js';

export interface Place {
  /** Has images `0.png`, `1.png`, ... */
  readonly images: string;
  readonly list: string;
  readonly database: string;
  readonly run: (more?: Partial<CreateRequest>) => Promise<Created>;
}

/** So many images, a list of them, and a name for a database. */
export const withList = <Result>(
  count: number,
  work: (place: Place) => Promise<Result>,
): Promise<Result> =>
  withTemporaryFolder(async (folder) => {
    const images = join(folder, 'images');
    const list = join(folder, 'list.txt');
    const database = join(folder, 'made', 'db');
    mkdirSync(images);
    const numbers = Array.from({ length: count }, (_, number) => number);
    for (const number of numbers) await writeImage(images, number);
    writeFileSync(list, numbers.map((n) => `${n}.png ${n}\n`).join(''));
    const request: CreateRequest = {
      root: `${images}/`,
      list,
      database,
      backend: 'LMDB',
      form: { isGray: false, height: 0, width: 0, encoding: 'none' },
      checksSize: false,
      shuffleSeed: undefined,
      resumes: false,
      skipBad: false,
      progress: () => undefined,
    };
    const run = (more?: Partial<CreateRequest>) =>
      createFromList({ ...request, ...more });
    return work({ images, list, database, run });
  });

export async function writeImage(
  folder: string,
  number: number,
  height = 4,
): Promise<void> {
  const bytes = await pngOf(imageNumber(number, height));
  writeFileSync(join(folder, `${number}.png`), bytes);
}

/** Ends a run as soon as so many images are done. */
export const endAfter = (done: number): CreateRequest['progress'] => {
  return (now) => {
    if (now >= done) throw new Interruption();
  };
};

export class Interruption extends Error {
  override readonly name = 'Interruption';
}

/** Key and value of each record. */
export async function contentOf(
  path: string,
): Promise<readonly (readonly [string, string])[]> {
  const reader = await openDatabase(path, undefined);
  try {
    const records = await reader.read(reader.count);
    return records.map(({ key, value }) => [
      key,
      Buffer.from(value).toString('base64'),
    ]);
  } finally {
    await reader.close();
  }
}
