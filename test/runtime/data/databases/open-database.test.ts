import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

import type { DataFailure } from '../../../../runtime/data/data-failure.js';
import {
  type Backend,
  backends,
  createDatabase,
  openDatabase,
} from '../../../../runtime/data/databases/open-database.js';
import { decodeDatum, encodeDatum } from '../../../../runtime/data/datum.js';
import type { DatabaseRecord } from '../../../../runtime/data/record-reader.js';

import { referenceFolder } from '../../../support/reference.js';
import { withTemporaryFolder } from '../../../support/temporary-folder.js';

async function allOf(path: string): Promise<readonly DatabaseRecord[]> {
  const reader = await openDatabase(path, undefined);
  try {
    const records: DatabaseRecord[] = [];
    for (;;) {
      const some = await reader.read(50);
      if (some.length === 0) break;
      records.push(...some);
    }
    expect(records.length).to.equal(reader.count);
    return records;
  } finally {
    await reader.close();
  }
}

/** By its name: what is imported on demand has a class of its own under tsx. */
const isDataFailure = (thrown: unknown): thrown is DataFailure =>
  thrown instanceof Error && thrown.name === 'DataFailure';

async function failureOf(work: () => Promise<unknown>): Promise<DataFailure> {
  try {
    await work();
  } catch (thrown) {
    if (isDataFailure(thrown)) return thrown;
    throw thrown;
  }
  throw new Error('it did not fail');
}

/** Names, sizes and bytes of a folder's files. */
const stateOf = (folder: string): readonly string[] =>
  readdirSync(folder)
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(folder, name));
      const hash = createHash('sha256').update(bytes).digest('hex');
      return `${name} ${hash} ${statSync(join(folder, name)).mtimeMs}`;
    });

const temporaries = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('rancc-leveldb-'));

const listOf = (
  file: string,
): readonly (readonly [name: string, label: number])[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    });

/** How many bytes this process has read from files so far. */
const bytesRead = (): number =>
  Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);

describe('Databases', () => {
  const folder = referenceFolder('data');

  describe("of Caffe's", () => {
    // Other processes open databases, too: what is left behind is looked for in a folder of its own.
    const usual = process.env['TMPDIR'];
    let own: string | undefined;
    before(function () {
      if (folder === undefined) this.skip();
      own = mkdtempSync(join(tmpdir(), 'rancc-'));
      process.env['TMPDIR'] = own;
    });
    after(() => {
      if (own === undefined) return;
      if (usual === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = usual;
      rmSync(own, { recursive: true, force: true });
    });
    const at = (name: string): string => join(folder ?? '', name);

    const lists = [
      ['train_lmdb', 'train_list.txt'],
      ['test_lmdb', 'test_list.txt'],
      ['png_lmdb', 'images.txt'],
      ['jpg_lmdb', 'images.txt'],
      ['gray_lmdb', 'images.txt'],
      ['resized_lmdb', 'images.txt'],
      ['leveldb', 'images.txt'],
      ['leveldb_log', 'images.txt'],
    ] as const;
    for (const [name, list] of lists) {
      it(`has the keys and labels of its list: ${name}`, async () => {
        const before = stateOf(at(name));
        const lines = listOf(at(list));
        const records = await allOf(at(name));
        const found = records.map(({ key, value }) => [
          key,
          decodeDatum(value).label,
        ]);
        expect(found).to.eql(
          lines.map(([file, label], index) => [
            `${String(index).padStart(8, '0')}_${file}`,
            label,
          ]),
        );
        expect(stateOf(at(name))).to.eql(before);
        expect(temporaries()).to.eql([]);
      });
    }

    it('writes every Datum to the byte', async () => {
      for (const [name] of lists.slice(1)) {
        for (const { key, value } of await allOf(at(name))) {
          const again = encodeDatum(decodeDatum(value));
          expect(Buffer.compare(again, value), `${name} ${key}`).to.equal(0);
        }
      }
    });

    it('reads snappy-compressed blocks', async () => {
      const records = await allOf(at('leveldb_snappy'));
      expect(records).to.have.length(64);
      records.forEach(({ value }, i) => {
        const datum = decodeDatum(value);
        if (!('image' in datum)) throw new Error('it is encoded');
        const { channels, height, width, pixels } = datum.image;
        expect([datum.label, channels]).to.eql([i % 10, 3]);
        for (const [c, y, x] of [
          [0, 0, 0],
          [1, 9, 17],
          [2, height - 1, width - 1],
        ] as const) {
          const wanted =
            (37 * i + 53 * c + 11 * Math.floor(y / 8) + 5 * Math.floor(x / 8)) %
            256;
          expect(pixels[(c * height + y) * width + x]).to.equal(wanted);
        }
      });
    });

    it('passes over records and goes back to the first', async () => {
      for (const name of ['test_lmdb', 'leveldb']) {
        const all = await allOf(at(name));
        const reader = await openDatabase(at(name), undefined);
        await reader.skip(37);
        expect((await reader.read(2))[0]?.key).to.equal(all[37]?.key);
        await reader.rewind();
        expect((await reader.read(1))[0]?.key).to.equal(all[0]?.key);
        await reader.skip(reader.count);
        expect(await reader.read(1)).to.eql([]);
        await reader.close();
      }
    });

    it('reads no pages of an LMDB that others read', () =>
      withTemporaryFolder(async (temporary) => {
        const path = join(temporary, 'db');
        const writer = await createDatabase(path, 'LMDB');
        // Large enough for pages of their own, which follow each other.
        for (let number = 0; number < 1000; number++) {
          await writer.put(String(number).padStart(8, '0'), Buffer.alloc(3072));
        }
        await writer.close();
        const reader = await openDatabase(path, 'LMDB');
        const before = bytesRead();
        for (let number = 0; number < 1000; number += 40) {
          expect(await reader.read(20)).to.have.length(20);
          await reader.skip(20);
        }
        const read = bytesRead() - before;
        await reader.close();
        const { size } = statSync(join(path, 'data.mdb'));
        expect(read).to.be.within(0.4 * size, 0.6 * size);
      }));

    it('takes the number of records of a LevelDB from who knows it', async () => {
      const count = (await allOf(at('leveldb'))).length;
      const less = await openDatabase(at('leveldb'), 'LEVELDB', { count: 3 });
      expect(less.count).to.equal(3);
      await less.close();
      const more = await openDatabase(at('leveldb'), 'LEVELDB', {
        count: count + 1,
      });
      const found = await failureOf(() => more.read(count + 1));
      await more.close();
      expect(found.problem).to.match(/1 records are missing/);
    });

    it('refuses the other backend with the cure', async () => {
      const found = await failureOf(() => openDatabase(at('leveldb'), 'LMDB'));
      expect(found.message).to.contain('is a LevelDB, not an LMDB');
      expect(found.cure).to.equal('set backend: LEVELDB');
      const flag = await failureOf(() =>
        openDatabase(at('leveldb'), 'LMDB', { asker: 'flag' }),
      );
      expect(flag.cure).to.equal('give --backend leveldb, or leave it out');
    });

    it('refuses an LMDB that was cut off anywhere', () =>
      withTemporaryFolder(async (temporary) => {
        const { size } = statSync(at('gray_lmdb/data.mdb'));
        for (const length of [0, 1, 100, 4096, 8192, 50_000, size - 1]) {
          const path = join(temporary, String(length));
          mkdirSync(path);
          const bytes = readFileSync(at('gray_lmdb/data.mdb'));
          writeFileSync(join(path, 'data.mdb'), bytes.subarray(0, length));
          const found = await failureOf(() => allOf(path));
          expect(found.problem).to.match(/truncated|empty/);
        }
      }));

    it('never crashes over a damaged LMDB, nor gives more than it has', () =>
      withTemporaryFolder(async (temporary) => {
        const path = join(temporary, 'db');
        mkdirSync(path);
        const whole = readFileSync(at('gray_lmdb/data.mdb'));
        let refused = 0;
        let state = 1;
        const next = (bound: number): number => {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          return state % bound;
        };
        for (let i = 0; i < 300; i++) {
          const bytes = Buffer.from(whole);
          // At the beginning of a page, where its structure is.
          const page = 4096 * next(whole.length / 4096);
          bytes[page + next(64)] = next(256);
          writeFileSync(join(path, 'data.mdb'), bytes);
          try {
            expect(await allOf(path)).to.have.length(64);
          } catch (thrown) {
            if (!isDataFailure(thrown)) throw thrown;
            refused++;
          }
        }
        expect(refused).to.be.greaterThan(20);
      }));

    it('refuses a LevelDB that lacks something or was cut off', () =>
      withTemporaryFolder(async (temporary) => {
        const damages: readonly ((path: string) => void)[] = [
          (path) => {
            rmSync(join(path, '000005.ldb'));
          },
          (path) => {
            truncateSync(join(path, '000005.ldb'), 100_000);
          },
          (path) => {
            rmSync(join(path, 'MANIFEST-000004'));
          },
          (path) => {
            truncateSync(join(path, 'CURRENT'), 0);
          },
          (path) => {
            truncateSync(join(path, 'MANIFEST-000004'), 30);
          },
        ];
        for (const [index, damage] of damages.entries()) {
          const path = join(temporary, String(index));
          mkdirSync(path);
          for (const name of readdirSync(at('leveldb'))) {
            const bytes = readFileSync(join(at('leveldb'), name));
            writeFileSync(join(path, name), bytes);
          }
          damage(path);
          await failureOf(() => allOf(path));
          expect(temporaries()).to.eql([]);
        }
      }));
  });

  for (const backend of backends) {
    it(`reads what it has written: ${backend}`, () =>
      withTemporaryFolder(async (temporary) => {
        const path = join(temporary, 'db');
        const written = await writeSome(path, backend, 300);
        expect(await allOf(path)).to.eql(written);
        const copy = join(temporary, 'copy');
        cpSync(path, copy, { recursive: true });
        // A database that is written on.
        const writer = await createDatabase(path, backend);
        await writer.put('99999999_more', Uint8Array.of(1));
        await writer.close();
        expect(await allOf(path)).to.have.length(302);
        expect(await allOf(copy)).to.have.length(301);
      }));
  }

  it('refuses what is no database', () =>
    withTemporaryFolder(async (temporary) => {
      const file = join(temporary, 'file');
      writeFileSync(file, 'text');
      const open = (path: string) => () => openDatabase(path, undefined);
      expect((await failureOf(open(temporary))).message).to.contain(
        'is no database',
      );
      expect((await failureOf(open(file))).message).to.contain('is a file');
      expect((await failureOf(open(join(file, 'x')))).message).to.contain(
        'no such folder',
      );
      writeFileSync(join(temporary, 'data.mdb'), Buffer.alloc(9000, 7));
      expect((await failureOf(open(temporary))).message).to.contain(
        'is no LMDB database',
      );
    }));
});

/** Values of many sizes, with what needs pages of its own. */
async function writeSome(
  path: string,
  backend: Backend,
  count: number,
): Promise<readonly DatabaseRecord[]> {
  const writer = await createDatabase(path, backend);
  const records: DatabaseRecord[] = [];
  for (let i = 0; i < count; i++) {
    const key = `${String(i).padStart(8, '0')}_ä`;
    const value = new Uint8Array((i * 977) % 9000).fill(i);
    records.push({ key, value });
    await writer.put(key, value);
    if (i % 100 === 99) await writer.commit();
  }
  await writer.put('00000300_large', new Uint8Array(1e6));
  await writer.close();
  return [...records, { key: '00000300_large', value: new Uint8Array(1e6) }];
}
