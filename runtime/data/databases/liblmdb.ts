import { createRequire } from 'node:module';
import type * as Koffi from 'koffi';

import { requireLmdbLibrary } from '../../native/lmdb-library.js';

/** A pointer, as koffi gives it. */
export type Pointer = unknown;

/** The part of liblmdb's interface (lmdb.h) that writing needs; numbers are its statuses. */
export interface Liblmdb {
  envCreate(env: [Pointer]): number;
  envSetMapSize(env: Pointer, size: number): number;
  envOpen(env: Pointer, path: string, flags: number, mode: number): number;
  envClose(env: Pointer): void;
  begin(env: Pointer, parent: null, flags: number, txn: [Pointer]): number;
  openDatabase(txn: Pointer, name: null, flags: number, dbi: [number]): number;
  put(
    txn: Pointer,
    dbi: number,
    key: LmdbValue,
    value: LmdbValue,
    flags: number,
  ): number;
  commit(txn: Pointer): number;
  abort(txn: Pointer): void;
  errorText(status: number): string;
}

export interface LmdbValue {
  readonly mv_size: number;
  readonly mv_data: Uint8Array;
}

export const lmdbStatus = { mapFull: -30792 } as const;
export const lmdbFlags = { noLock: 0x400000 } as const;

let loaded: Liblmdb | undefined;

/** Loads the library when it is first wanted. */
export function liblmdb(): Liblmdb {
  loaded ??= load(requireLmdbLibrary());
  return loaded;
}

function load(path: string): Liblmdb {
  const require = createRequire(import.meta.url);
  const koffi = require('koffi') as typeof Koffi;
  const library = koffi.load(path);
  koffi.struct('MDB_val', { mv_size: 'size_t', mv_data: 'void *' });
  const declared = (text: string): never => library.func(text) as never;
  return {
    envCreate: declared('int mdb_env_create(_Out_ void **env)'),
    envSetMapSize: declared('int mdb_env_set_mapsize(void *env, size_t size)'),
    envOpen: declared(
      'int mdb_env_open(void *env, const char *path, unsigned int flags, unsigned int mode)',
    ),
    envClose: declared('void mdb_env_close(void *env)'),
    begin: declared(
      'int mdb_txn_begin(void *env, void *parent, unsigned int flags, _Out_ void **txn)',
    ),
    openDatabase: declared(
      'int mdb_dbi_open(void *txn, const char *name, unsigned int flags, _Out_ unsigned int *dbi)',
    ),
    put: declared(
      'int mdb_put(void *txn, unsigned int dbi, MDB_val *key, MDB_val *data, unsigned int flags)',
    ),
    commit: declared('int mdb_txn_commit(void *txn)'),
    abort: declared('void mdb_txn_abort(void *txn)'),
    errorText: declared('const char *mdb_strerror(int status)'),
  };
}
