import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Datum, decodeDatum } from '../../../../../runtime/data/datum.js';
import { importSet } from '../../../../../runtime/data/tools/import/import-set.js';
import type {
  ImageNetSettings,
  Imported,
  PublicSet,
} from '../../../../../runtime/data/tools/import/import-settings.js';

import { withTemporaryFolder } from '../../../../support/temporary-folder.js';
import { recordsOf } from './public-sets.js';

const plain: ImageNetSettings = {
  backend: 'LMDB',
  size: { kind: 'as-they-are' },
  encoded: false,
  seed: 1,
  valList: undefined,
  skipBad: false,
  progress: () => undefined,
};

/** A set in one folder, and what is imported from it in another. */
export interface Place {
  readonly from: string;
  readonly to: string;
  readonly run: (
    set: PublicSet,
    settings?: Partial<ImageNetSettings>,
  ) => Promise<Imported>;
}

/** Gives two folders that are removed afterwards. */
export const withPlace = <Result>(
  work: (place: Place) => Promise<Result>,
): Promise<Result> =>
  withTemporaryFolder((folder) => {
    const [from, to] = [join(folder, 'from'), join(folder, 'to')];
    mkdirSync(from);
    return work({
      from,
      to,
      run: (set, settings) =>
        importSet(
          set,
          from,
          to,
          { ...plain, ...settings },
          () => '{"generator": "rancc"}',
        ),
    });
  });

/** The message of a promise's failure. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof Error) return thrown.message;
  }
  throw new Error('it did not fail');
}

/** All records of a database. */
export const datumsOf = async (path: string): Promise<readonly Datum[]> =>
  (await recordsOf(path)).map(({ value }) => decodeDatum(value));

/** The bytes of an image file that a record holds. */
export const encodedIn = (datum: Datum | undefined): Uint8Array => {
  if (datum === undefined || !('encoded' in datum)) throw new Error('pixels');
  return datum.encoded;
};

/** Lines of a file. */
export const listOf = (file: string): readonly string[] =>
  readFileSync(file, 'utf8').trimEnd().split('\n');
