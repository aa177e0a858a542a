import { rmSync } from 'node:fs';
import {
  copyFile,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ClassicLevel } from 'classic-level';

import { systemErrorCode } from '../../native/failure.js';
import { DataFailure } from '../data-failure.js';
import type {
  DatabaseRecord,
  RecordReader,
  RecordWriter,
} from '../record-reader.js';

type Level = ClassicLevel<Buffer, Uint8Array>;

/** The iterator; its own type is lost in the overloads of `iterator`. */
interface Walk {
  nextv(size: number): Promise<readonly (readonly [Buffer, Uint8Array])[]>;
  close(): Promise<void>;
}

const binary = { keyEncoding: 'buffer', valueEncoding: 'view' } as const;
const cure = 'copy or make the database anew';

/**
 * Opens a LevelDB of Caffe for reading. Opening one writes into its folder, so that a
 * temporary folder is opened, with links to its tables and copies of its small files.
 * @param known How many records it has; otherwise its keys are walked.
 * @throws {DataFailure} Where it is missing, truncated, damaged or no database.
 */
export async function openLevelDb(
  path: string,
  known?: number,
): Promise<RecordReader> {
  const names = await filesOf(path);
  const folder = await mkdtemp(join(tmpdir(), 'rancc-leveldb-'));
  const removed = removedAtExit(folder);
  let level: Level | undefined;
  try {
    await mirror(path, names, folder);
    level = new ClassicLevel<Buffer, Uint8Array>(folder, binary);
    await level.open({ createIfMissing: false });
    const count = known ?? (await countOf(level));
    return new LevelReader(path, level, count, removed);
  } catch (thrown) {
    await level?.close();
    await removed();
    throw failureOf(thrown, path);
  }
}

/** Takes the folder away, at the latest when the process ends. */
function removedAtExit(folder: string): () => Promise<void> {
  const atExit = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', atExit);
  return async () => {
    process.removeListener('exit', atExit);
    await rm(folder, { recursive: true, force: true });
  };
}

async function filesOf(path: string): Promise<readonly string[]> {
  let names: readonly string[];
  try {
    names = await readdir(path);
  } catch (thrown) {
    const code = systemErrorCode(thrown);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw thrown;
    names = [];
  }
  if (names.includes('CURRENT')) return names;
  throw new DataFailure('there is no LevelDB (a folder with CURRENT)', {
    file: path,
    cure: 'check the path; it is taken from the working directory',
  });
}

/** Tables are never changed; logs are, and small. */
async function mirror(
  path: string,
  names: readonly string[],
  folder: string,
): Promise<void> {
  for (const name of names) await requireNoPipe(join(path, name));
  const current = (await readFile(join(path, 'CURRENT'), 'utf8')).trim();
  if (!/^MANIFEST-\d+$/.test(current) || !names.includes(current)) {
    throw new DataFailure(
      current === ''
        ? 'is damaged: CURRENT is empty'
        : `is damaged: CURRENT names ${JSON.stringify(current.slice(0, 40))}, which is not there`,
      { file: path, cure },
    );
  }
  for (const name of names) {
    const from = join(resolve(path), name);
    const to = join(folder, name);
    if (/\.(ldb|sst)$/.test(name)) await symlink(from, to);
    else if (/^(CURRENT|MANIFEST-\d+|\d+\.log)$/.test(name)) {
      await copyFile(from, to);
    }
  }
  await checkTables(path, names);
}

/** A pipe or a device may never end; a folder has no meaning here, and is passed over. */
async function requireNoPipe(file: string): Promise<void> {
  const found = await stat(file);
  if (found.isFile() || found.isDirectory()) return;
  throw new DataFailure('is no file', { file, cure });
}

const tableEnd = Buffer.from('57fb808b247547db', 'hex');

/** A table that was cut off has lost the number that it ends with. */
async function checkTables(
  path: string,
  names: readonly string[],
): Promise<void> {
  for (const name of names.filter((each) => /\.(ldb|sst)$/.test(each))) {
    const file = join(path, name);
    const { size } = await stat(file);
    const end = size < 48 ? Buffer.alloc(0) : await lastBytes(file, size);
    if (!end.equals(tableEnd)) {
      throw new DataFailure('is truncated or no table of a LevelDB', {
        file,
        cure,
      });
    }
  }
}

async function lastBytes(file: string, size: number): Promise<Buffer> {
  const handle = await open(file);
  try {
    const bytes = Buffer.alloc(tableEnd.length);
    await handle.read(bytes, 0, bytes.length, size - bytes.length);
    return bytes;
  } finally {
    await handle.close();
  }
}

/** LevelDB does not know how many records it has: its keys are walked. */
async function countOf(level: Level): Promise<number> {
  const keys = level.keys({ fillCache: false });
  let count = 0;
  try {
    for (;;) {
      const some = await keys.nextv(1000);
      if (some.length === 0) return count;
      count += some.length;
    }
  } finally {
    await keys.close();
  }
}

function failureOf(thrown: unknown, path: string, record?: number): unknown {
  if (!(thrown instanceof Error) || thrown instanceof DataFailure) {
    return thrown;
  }
  if (!('code' in thrown) || !String(thrown.code).startsWith('LEVEL_')) {
    return thrown;
  }
  const { cause } = thrown;
  const text = cause instanceof Error ? cause.message : thrown.message;
  return new DataFailure(
    `LevelDB cannot read it: ${text}`,
    { file: path, cure, ...(record === undefined ? {} : { record }) },
    { cause: thrown },
  );
}

class LevelReader implements RecordReader {
  readonly count: number;
  readonly #path: string;
  readonly #level: Level;
  readonly #removed: () => Promise<void>;
  #walk: Walk | undefined;
  #position = 0;

  constructor(
    path: string,
    level: Level,
    count: number,
    removed: () => Promise<void>,
  ) {
    this.#path = path;
    this.#level = level;
    this.count = count;
    this.#removed = removed;
  }

  async read(most: number): Promise<readonly DatabaseRecord[]> {
    const records: DatabaseRecord[] = [];
    try {
      while (records.length < most) {
        const left = most - records.length;
        const some = await this.#opened().nextv(left);
        if (some.length === 0) break;
        for (const [key, value] of some) {
          records.push({ key: key.toString('utf8'), value: value.slice() });
        }
        this.#position += some.length;
      }
    } catch (thrown) {
      throw failureOf(thrown, this.#path, this.#position);
    }
    const missing = this.count - this.#position;
    if (records.length < most && missing > 0) {
      throw new DataFailure(`is damaged: ${missing} records are missing`, {
        file: this.#path,
        record: this.#position,
        cure,
      });
    }
    return records;
  }

  async skip(count: number): Promise<void> {
    if (count === 0) return;
    const target = Math.min(this.#position + count, this.count);
    while (this.#position < target) {
      const some = await this.#opened().nextv(
        Math.min(100, target - this.#position),
      );
      if (some.length === 0) return;
      this.#position += some.length;
    }
  }

  async rewind(): Promise<void> {
    await this.#walk?.close();
    this.#walk = undefined;
    this.#position = 0;
  }

  async close(): Promise<void> {
    try {
      await this.rewind();
      await this.#level.close();
    } finally {
      await this.#removed();
    }
  }

  #opened(): Walk {
    this.#walk ??= this.#level.iterator({ fillCache: false });
    return this.#walk;
  }
}

/** Bytes that wait for a commit at most. */
const mostPending = 2 ** 25;

/** Opens a LevelDB for writing, and makes it where there is none. */
export async function createLevelDb(path: string): Promise<RecordWriter> {
  const level = new ClassicLevel<Buffer, Uint8Array>(path, binary);
  try {
    await level.open();
  } catch (thrown) {
    throw failureOf(thrown, path);
  }
  return new LevelWriter(level);
}

class LevelWriter implements RecordWriter {
  readonly #level: Level;
  #pending: { type: 'put'; key: Buffer; value: Uint8Array }[] = [];
  #bytes = 0;

  constructor(level: Level) {
    this.#level = level;
  }

  async put(key: string, value: Uint8Array): Promise<void> {
    this.#pending.push({ type: 'put', key: Buffer.from(key, 'utf8'), value });
    this.#bytes += value.length;
    if (this.#bytes > mostPending) await this.commit();
  }

  async commit(): Promise<void> {
    if (this.#pending.length === 0) return;
    await this.#level.batch(this.#pending, { sync: true });
    this.#pending = [];
    this.#bytes = 0;
  }

  async close(): Promise<void> {
    try {
      await this.commit();
    } finally {
      await this.#level.close();
    }
  }
}
