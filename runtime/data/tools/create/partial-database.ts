import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { systemErrorCode } from '../../../native/failure.js';
import { DataFailure } from '../../data-failure.js';
import {
  type Backend,
  backendOf,
  createDatabase,
  openDatabase,
} from '../../databases/open-database.js';
import type { RecordReader } from '../../record-reader.js';
import { numberOfKey } from '../record-key.js';

/** A name beside the database, for what is there while it is made. */
const beside = (database: string, word: string): string =>
  join(dirname(database), `.${basename(database)}.${word}`);

/** Where a run writes; it becomes the database when all is in it. */
export const partialOf = (database: string): string =>
  beside(database, 'partial');

/** Says that a run is writing the database. */
export const lockOf = (database: string): string => beside(database, 'lock');

/** What an unfinished run was told, beside what it has written. */
const settingsFile = (database: string): string =>
  beside(database, 'partial.json');

/** What stood at the name before, for the moment in which it is replaced. */
const replacedOf = (database: string): string => beside(database, 'replaced');

/** What an interrupted run has committed. */
export interface Committed {
  readonly records: number;
  /** Numbers of pictures that have no record yet, the lowest first. */
  readonly missing: readonly number[];
}

/**
 * Takes away what another run has left, or goes on with it.
 * @param settings What has to be the same for that, in words.
 * @param pictures How many there are.
 */
export async function beginOrResume(
  database: string,
  backend: Backend,
  settings: string,
  pictures: number,
  resumes: boolean,
): Promise<Committed> {
  const partial = partialOf(database);
  const file = settingsFile(database);
  await putBack(database);
  const digest = createHash('sha256').update(settings).digest('hex');
  if (resumes && existsSync(file)) {
    if ((await readFile(file, 'utf8')).trim() === digest) {
      return committed(partial, backend, pictures);
    }
    throw new DataFailure(
      'was begun with another list, root or form of records',
      {
        file: partial,
        cure: 'give the same flags and the same list, or begin anew without --resume',
      },
    );
  }
  await rm(partial, { recursive: true, force: true });
  await writeFile(file, `${digest}\n`);
  return { records: 0, missing: upTo(0, pictures) };
}

/** Puts the partial database in the place of the one that is wanted. */
export async function finish(database: string): Promise<void> {
  const replaced = replacedOf(database);
  await rm(replaced, { recursive: true, force: true });
  if (existsSync(database)) await rename(database, replaced);
  await rename(partialOf(database), database);
  await rm(settingsFile(database), { force: true });
  await rm(replaced, { recursive: true, force: true });
}

/** A run that ended between two renames has left the old database aside. */
async function putBack(database: string): Promise<void> {
  const replaced = replacedOf(database);
  if (existsSync(replaced) && !existsSync(database)) {
    await rename(replaced, database);
  }
}

/**
 * Makes the folder that all of this is in.
 * @throws {DataFailure} Where a file stands in its place.
 */
export async function makeRoomFor(database: string): Promise<void> {
  const folder = dirname(database);
  try {
    await mkdir(folder, { recursive: true });
  } catch (thrown) {
    const code = systemErrorCode(thrown);
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw thrown;
    throw new DataFailure(
      'is a file, or below one; a folder is needed',
      { file: folder, cure: 'take another name for the database' },
      { cause: thrown },
    );
  }
}

async function committed(
  partial: string,
  backend: Backend,
  pictures: number,
): Promise<Committed> {
  if (backendOf(partial) === undefined) {
    return { records: 0, missing: upTo(0, pictures) };
  }
  // Whoever opens it for writing brings what was cut off in order.
  await (await createDatabase(partial, backend)).close();
  const reader = await openDatabase(partial, backend);
  try {
    const next = await behindLast(reader);
    const gaps = reader.count === next ? [] : await gapsIn(reader, next);
    const missing = [...gaps, ...upTo(next, pictures)];
    return { records: reader.count, missing };
  } finally {
    await reader.close();
  }
}

/** The number behind that of the last record. */
async function behindLast(reader: RecordReader): Promise<number> {
  if (reader.count === 0) return 0;
  await reader.skip(reader.count - 1);
  const [last] = await reader.read(1);
  await reader.rewind();
  return last === undefined ? 0 : numberOfKey(last.key) + 1;
}

/** Few at once: they may be large. */
const atOnce = 64;

/** The numbers below `end` that no record has. */
async function gapsIn(
  reader: RecordReader,
  end: number,
): Promise<readonly number[]> {
  const gaps: number[] = [];
  let next = 0;
  while (next < end) {
    const records = await reader.read(atOnce);
    if (records.length === 0) break;
    for (const { key } of records) {
      const number = numberOfKey(key);
      gaps.push(...upTo(next, number));
      next = number + 1;
    }
  }
  return gaps;
}

/** `from` to `end` - 1. */
const upTo = (from: number, end: number): readonly number[] =>
  Array.from({ length: Math.max(end - from, 0) }, (_, index) => from + index);
