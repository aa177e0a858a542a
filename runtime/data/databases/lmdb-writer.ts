import { mkdirSync } from 'node:fs';

import { EnvironmentFailure } from '../../native/failure.js';
import { DataFailure } from '../data-failure.js';
import type { RecordWriter } from '../record-reader.js';
import {
  type Liblmdb,
  liblmdb,
  lmdbFlags,
  lmdbStatus,
  type Pointer,
} from './liblmdb.js';

const firstMapSize = 2 ** 26;
/** Records wait for a commit up to this many bytes. */
const mostPending = 2 ** 25;
/** LMDB's own bound, MDB_MAXKEYSIZE. */
const longestKey = 511;

interface Pending {
  readonly key: Buffer;
  readonly value: Uint8Array;
}

/** Opens an LMDB for writing, and makes it where there is none; its folder is made, too. */
export async function createLmdb(path: string): Promise<RecordWriter> {
  await Promise.resolve();
  const library = liblmdb();
  mkdirSync(path, { recursive: true });
  return new LmdbWriter(path, library);
}

class LmdbWriter implements RecordWriter {
  readonly #path: string;
  readonly #library: Liblmdb;
  readonly #env: Pointer;
  #mapSize = firstMapSize;
  #pending: Pending[] = [];
  #bytes = 0;

  constructor(path: string, library: Liblmdb) {
    this.#path = path;
    this.#library = library;
    const env: [Pointer] = [null];
    this.#check(library.envCreate(env));
    this.#env = env[0];
    try {
      this.#check(library.envSetMapSize(this.#env, this.#mapSize));
      // One process writes, and nobody reads meanwhile.
      this.#check(library.envOpen(this.#env, path, lmdbFlags.noLock, 0o644));
    } catch (thrown) {
      library.envClose(this.#env);
      throw thrown;
    }
  }

  async put(key: string, value: Uint8Array): Promise<void> {
    const bytes = Buffer.from(key, 'utf8');
    if (bytes.length === 0 || bytes.length > longestKey) {
      throw new DataFailure(
        `the key has ${bytes.length} bytes; LMDB takes 1 to ${longestKey}`,
        { file: this.#path, key, cure: 'shorten the names in the list' },
      );
    }
    this.#pending.push({ key: bytes, value });
    this.#bytes += value.length;
    if (this.#bytes > mostPending) await this.commit();
  }

  async commit(): Promise<void> {
    await Promise.resolve();
    if (this.#pending.length === 0) return;
    // As Caffe does: a full map grows, and the transaction is done again.
    while (!this.#write()) {
      this.#mapSize *= 2;
      this.#check(this.#library.envSetMapSize(this.#env, this.#mapSize));
    }
    this.#pending = [];
    this.#bytes = 0;
  }

  async close(): Promise<void> {
    try {
      await this.commit();
    } finally {
      this.#library.envClose(this.#env);
    }
  }

  /** False where the map is full. */
  #write(): boolean {
    const library = this.#library;
    const out: [Pointer] = [null];
    const begun = library.begin(this.#env, null, 0, out);
    if (begun === lmdbStatus.mapFull) return false;
    this.#check(begun);
    const [txn] = out;
    const status = this.#putAll(txn);
    if (status !== 0) library.abort(txn);
    const ended = status === 0 ? library.commit(txn) : status;
    if (ended === lmdbStatus.mapFull) return false;
    this.#check(ended);
    return true;
  }

  #putAll(txn: Pointer): number {
    const dbi: [number] = [0];
    let status = this.#library.openDatabase(txn, null, 0, dbi);
    for (const { key, value } of this.#pending) {
      if (status !== 0) break;
      status = this.#library.put(
        txn,
        dbi[0],
        { mv_size: key.length, mv_data: key },
        { mv_size: value.length, mv_data: value },
        0,
      );
    }
    return status;
  }

  #check(status: number): void {
    if (status === 0) return;
    const text = `${this.#path}: LMDB: ${this.#library.errorText(status)}`;
    if (status > 0) {
      throw new EnvironmentFailure(
        text,
        'see that the disk has space and the folder may be written',
      );
    }
    throw new DataFailure(text, { file: this.#path });
  }
}
