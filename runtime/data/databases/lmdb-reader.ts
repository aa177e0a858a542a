import { statSync } from 'node:fs';
import { join } from 'node:path';

import { systemErrorCode } from '../../native/failure.js';
import { DataFailure } from '../data-failure.js';
import type { DatabaseRecord, RecordReader } from '../record-reader.js';
import { LmdbFile } from './lmdb-file.js';
import {
  childOf,
  keyOf,
  type TreePage,
  treePage,
  valueOf,
} from './lmdb-page.js';

/** A page on the way to the next record, and which of its nodes comes next. */
interface Step {
  readonly page: TreePage;
  next: number;
}

/**
 * Opens an LMDB of Caffe, a folder with `data.mdb`, for reading. The file is read and never
 * mapped, and nothing is written: no lock file is left.
 * @throws {DataFailure} Where it is missing, truncated, damaged or no database.
 */
export async function openLmdb(path: string): Promise<RecordReader> {
  // A promise as for every source; a file opens at once.
  await Promise.resolve();
  return new LmdbReader(path, new LmdbFile(dataFile(path)));
}

function dataFile(path: string): string {
  const file = join(path, 'data.mdb');
  try {
    if (!statSync(path).isDirectory()) {
      throw new DataFailure('is a file; an LMDB is a folder with data.mdb', {
        file: path,
        cure: 'name the folder that it is in',
      });
    }
    if (statSync(file).isFile()) return file;
  } catch (thrown) {
    if (systemErrorCode(thrown) !== 'ENOENT') throw thrown;
  }
  throw new DataFailure('there is no LMDB (a folder with data.mdb)', {
    file: path,
    cure: 'check the path; it is taken from the working directory',
  });
}

class LmdbReader implements RecordReader {
  readonly count: number;
  readonly #path: string;
  readonly #file: LmdbFile;
  #way: Step[] = [];
  #position = 0;
  #lastKey: Buffer | undefined;
  /** How many records will be read on, as far as that is known. */
  #wanted = Infinity;

  constructor(path: string, file: LmdbFile) {
    this.#path = path;
    this.#file = file;
    this.count = file.meta.entries;
    this.#descendToFirst();
  }

  async read(most: number): Promise<readonly DatabaseRecord[]> {
    await Promise.resolve();
    const records: DatabaseRecord[] = [];
    while (records.length < most) {
      this.#wanted = most - records.length;
      const leaf = this.#leaf();
      if (leaf === undefined) break;
      const node = leaf.page.nodes[leaf.next++] ?? 0;
      const key = this.#checkedKey(keyOf(leaf.page, node));
      try {
        const value = valueOf(this.#file, leaf.page, node, this.#wanted);
        records.push({ key, value });
      } catch (thrown) {
        if (!(thrown instanceof DataFailure)) throw thrown;
        throw this.#failure(thrown.problem, key);
      }
      this.#position++;
    }
    return records;
  }

  async skip(count: number): Promise<void> {
    await Promise.resolve();
    let left = count;
    this.#wanted = Infinity;
    while (left > 0) {
      const leaf = this.#leaf();
      if (leaf === undefined) return;
      const passed = Math.min(left, leaf.page.nodes.length - leaf.next);
      leaf.next += passed;
      this.#position += passed;
      left -= passed;
      this.#lastKey = undefined;
    }
  }

  rewind(): Promise<void> {
    this.#position = 0;
    this.#lastKey = undefined;
    this.#descendToFirst();
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#file.close();
    return Promise.resolve();
  }

  /** Keys rise; if not, a page stands where it does not belong. */
  #checkedKey(key: Buffer): string {
    const text = key.toString('utf8');
    if (this.#lastKey !== undefined && key.compare(this.#lastKey) <= 0) {
      throw this.#failure('is damaged: keys are out of order', text);
    }
    this.#lastKey = key;
    return text;
  }

  #failure(problem: string, key?: string): DataFailure {
    return new DataFailure(problem, {
      file: this.#path,
      record: this.#position,
      ...(key === undefined ? {} : { key }),
      cure: 'copy or make the database anew',
    });
  }

  #descendToFirst(): void {
    const { root } = this.#file.meta;
    this.#way = [];
    if (root !== undefined) this.#descend(root);
  }

  #descend(number: number): void {
    const { depth } = this.#file.meta;
    let below: number | undefined = number;
    while (below !== undefined) {
      const page = treePage(this.#file, below, this.#wanted);
      const isLast = this.#way.length + 1 === depth;
      if (page.isLeaf !== isLast) throw this.#failure('is damaged: its tree');
      const step: Step = { page, next: 0 };
      this.#way.push(step);
      below = page.isLeaf
        ? undefined
        : childOf(page, page.nodes[step.next++] ?? 0);
    }
  }

  /** The leaf with the next record. */
  #leaf(): Step | undefined {
    for (;;) {
      const step = this.#way.at(-1);
      if (step === undefined) return this.#checkEnd();
      const node = step.page.nodes[step.next];
      if (node === undefined) this.#way.pop();
      else if (step.page.isLeaf) {
        if (this.#position < this.count) return step;
        throw this.#failure(`is damaged: more than ${this.count} records`);
      } else {
        step.next++;
        this.#descend(childOf(step.page, node));
      }
    }
  }

  #checkEnd(): undefined {
    if (this.#position === this.count) return undefined;
    throw this.#failure(
      `is damaged: it ends after ${this.#position} of ${this.count} records`,
    );
  }
}
