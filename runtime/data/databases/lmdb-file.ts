import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

import { DataFailure } from '../data-failure.js';

/** What the newest of the two meta pages says (lmdb's mdb.c, MDB_meta). */
export interface LmdbMeta {
  readonly pageSize: number;
  readonly entries: number;
  readonly depth: number;
  /** Page number; undefined where the database is empty. */
  readonly root: number | undefined;
}

const magic = 0xbeefc0de;
const pageHeader = 16;
const metaLength = 136;
const cure = 'copy or make the database anew';

/** Bytes read at once where pages follow each other, as Caffe writes them. */
const windowSize = 1 << 18;

/** Pages of an LMDB file, read and never mapped: damage cannot end the process. */
export class LmdbFile {
  readonly path: string;
  readonly meta: LmdbMeta;
  readonly #file: number;
  readonly #size: number;
  #window: Uint8Array = new Uint8Array();
  #start = 0;
  /** Where the last read ended. */
  #expected = -1;

  constructor(path: string) {
    this.path = path;
    this.#file = openSync(path, 'r');
    try {
      this.#size = fstatSync(this.#file).size;
      this.meta = this.#readMeta();
    } catch (thrown) {
      closeSync(this.#file);
      throw thrown;
    }
  }

  fail(problem: string): never {
    throw new DataFailure(problem, { file: this.path, cure });
  }

  /**
   * `count` pages from page `number` on. Their memory is never written to again.
   * @param most So many will be wanted, if they follow each other; more are not read.
   */
  pages(number: number, count: number, most = Infinity): Uint8Array {
    const { pageSize } = this.meta;
    const [from, length] = [number * pageSize, count * pageSize];
    if (!Number.isSafeInteger(from) || from + length > this.#size) {
      this.fail(`is damaged: page ${number} is behind the end of the file`);
    }
    const follows = from === this.#expected;
    this.#expected = from + length;
    const at = from - this.#start;
    if (at >= 0 && at + length <= this.#window.length) {
      return this.#window.subarray(at, at + length);
    }
    if (!follows || length > windowSize) return this.#read(from, length);
    const wanted = Math.max(length, most * pageSize);
    const ahead = Math.min(windowSize, wanted, this.#size - from);
    this.#window = this.#read(from, ahead);
    this.#start = from;
    return this.#window.subarray(0, length);
  }

  close(): void {
    closeSync(this.#file);
  }

  #read(from: number, length: number): Uint8Array {
    // All of it is written to: zeros first would be time lost.
    const bytes = new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
    let done = 0;
    while (done < length) {
      const more = readSync(
        this.#file,
        bytes,
        done,
        length - done,
        from + done,
      );
      if (more === 0) this.fail('became shorter while it was read');
      done += more;
    }
    return bytes;
  }

  #readMeta(): LmdbMeta {
    if (this.#size === 0) this.fail('is empty');
    if (this.#size < pageHeader + metaLength) this.fail('is truncated');
    const first = this.#metaAt(0);
    const pageSize = first.getUint32(24, true);
    const isPower = (pageSize & (pageSize - 1)) === 0;
    if (!isPower || pageSize < 512 || pageSize > 65536) {
      this.fail(`is damaged: its pages are of ${pageSize} bytes`);
    }
    if (this.#size < 2 * pageSize) this.fail('is truncated');
    const second = this.#metaAt(pageSize);
    const newest = transaction(second) > transaction(first) ? second : first;
    const lastPage = wide(newest, 120);
    if ((lastPage + 1) * pageSize > this.#size) {
      this.fail(
        `is truncated: it has ${this.#size} of ${(lastPage + 1) * pageSize} bytes`,
      );
    }
    if (newest.getUint16(76, true) !== 0) {
      this.fail('is no database of Caffe: its keys are of another kind');
    }
    const empty = newest.getBigUint64(112, true) === 0xffffffffffffffffn;
    return {
      pageSize,
      depth: newest.getUint16(78, true),
      entries: wide(newest, 104),
      root: empty ? undefined : wide(newest, 112),
    };
  }

  #metaAt(from: number): DataView {
    const bytes = this.#read(from + pageHeader, metaLength);
    const view = new DataView(bytes.buffer);
    if (view.getUint32(0, true) !== magic) this.fail('is no LMDB database');
    const version = view.getUint32(4, true);
    if (version !== 1) {
      this.fail(`is of LMDB's data format ${version}; Caffe's is 1`);
    }
    return view;
  }
}

const wide = (view: DataView, at: number): number =>
  Number(view.getBigUint64(at, true));

const transaction = (view: DataView): bigint => view.getBigUint64(128, true);
