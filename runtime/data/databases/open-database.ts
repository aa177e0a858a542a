import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { DataFailure } from '../data-failure.js';
import type { RecordReader, RecordWriter } from '../record-reader.js';

/** Caffe's names of the libraries that keep databases (DataParameter.DB). */
export const backends = ['LMDB', 'LEVELDB'] as const;
export type Backend = (typeof backends)[number];

/** What kind of database a folder is, by its files; undefined where it is none. */
export function backendOf(path: string): Backend | undefined {
  if (existsSync(join(path, 'data.mdb'))) return 'LMDB';
  return existsSync(join(path, 'CURRENT')) ? 'LEVELDB' : undefined;
}

/** Where the user has said which backend it is, and can mend it. */
export type Asker = 'prototxt' | 'flag';

const cures: Readonly<Record<Asker, (found: Backend) => string>> = {
  prototxt: (found) => `set backend: ${found}`,
  flag: (found) => `give --backend ${found.toLowerCase()}, or leave it out`,
};

export interface OpenOptions {
  /** Whose mistake another backend is; default: the prototxt's. */
  readonly asker?: Asker;
  /** How many records it has, where that is known: a LevelDB has to be walked to find out. */
  readonly count?: number;
}

/**
 * Opens a database for reading, which leaves its folder as it is.
 * @param backend Undefined: whichever it is.
 * @throws {DataFailure} Where it is missing, of the other backend, damaged or no database.
 */
export async function openDatabase(
  path: string,
  backend: Backend | undefined,
  { asker = 'prototxt', count }: OpenOptions = {},
): Promise<RecordReader> {
  const found = backendOf(path);
  if (found === undefined && backend === undefined) throw noDatabase(path);
  if (found !== undefined && backend !== undefined && found !== backend) {
    throw new DataFailure(`is ${nameOf(found)}, not ${nameOf(backend)}`, {
      file: path,
      cure: cures[asker](found),
    });
  }
  // Loaded where it is wanted: each brings a library.
  if ((backend ?? found) === 'LMDB') {
    const { openLmdb } = await import('./lmdb-reader.js');
    return openLmdb(path);
  }
  const { openLevelDb } = await import('./leveldb.js');
  return openLevelDb(path, count);
}

/** Opens a database for writing, and makes it where there is none. */
export async function createDatabase(
  path: string,
  backend: Backend,
): Promise<RecordWriter> {
  if (backend === 'LMDB') {
    const { createLmdb } = await import('./lmdb-writer.js');
    return createLmdb(path);
  }
  const { createLevelDb } = await import('./leveldb.js');
  return createLevelDb(path);
}

const nameOf = (backend: Backend): string =>
  backend === 'LMDB' ? 'an LMDB' : 'a LevelDB';

function noDatabase(path: string): DataFailure {
  // `existsSync` first: below a file, statSync throws all the same.
  const found = existsSync(path) ? statSync(path) : undefined;
  const problem =
    found === undefined
      ? 'there is no such folder'
      : found.isDirectory()
        ? 'is no database: it has neither data.mdb (LMDB) nor CURRENT (LevelDB)'
        : 'is a file; a database is a folder';
  return new DataFailure(problem, {
    file: path,
    cure: 'check the path; it is taken from the working directory',
  });
}
