import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ClassicLevel } from 'classic-level';

import type { Backend } from '../../../runtime/data/databases/open-database.js';
import { encodeDatum } from '../../../runtime/data/datum.js';

import { withTemporaryFolder } from '../../support/temporary-folder.js';
import {
  dataLayer,
  datumNumber,
  datums,
  failureIn,
  imageNumber,
  keyOf,
  refusalOf,
  writeRecords,
} from './made-sources.js';
import { takeBatches, withNetData } from './net-data-of.js';

const unreadable = /^data\/source-unreadable: /;

/** Records of which number 6 is `bad`. */
const withBad = (bad: Uint8Array, count = 12): readonly Uint8Array[] =>
  datums(count).map((datum, number) => (number === 6 ? bad : datum));

const badRecords: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ['cut off', datumNumber(6).subarray(0, 40), /the Datum is cut off/],
  ['empty', new Uint8Array(), /the Datum's sizes are 0 x 0 x 0/],
  [
    'of another shape',
    encodeDatum({ label: 6, image: imageNumber(6, 5, 4) }),
    /an image of 3x5x4 does not fit a batch of 3x4x5/,
  ],
  [
    'an image file that is broken',
    encodeDatum({ label: 6, encoded: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0) }),
    /the image/,
  ],
  ['no message at all', Uint8Array.of(0xff, 0xff, 0xff), /cut off/],
];

describe('databases that are not as they should be', () => {
  for (const backend of ['LMDB', 'LEVELDB'] as const) {
    describe(backend, () => {
      for (const [name, bad, problem] of badRecords) {
        it(`a record that is ${name} is named`, () =>
          withTemporaryFolder(async (folder) => {
            const path = join(folder, 'db');
            await writeRecords(path, backend, withBad(bad));
            // Threads take a second to start: once is enough.
            for (const workers of name === 'cut off' ? [0, 2] : [0]) {
              const net = dataLayer(path, backend);
              const { failure, given } = await failureIn(net, { workers });
              expect(given).to.equal(1);
              expect(failure.message).to.match(problem);
              expect(failure.message).to.contain("layer 'data'");
              expect(failure.file).to.equal(path);
              expect(failure.key).to.equal(keyOf(6));
              expect(failure.record).to.equal(6);
            }
          }));
      }

      it('a first record that is bad is named where the net is opened', () =>
        withTemporaryFolder(async (folder) => {
          const path = join(folder, 'db');
          await writeRecords(path, backend, [Uint8Array.of(8), datumNumber(1)]);
          const text = await refusalOf(dataLayer(path, backend));
          expect(text).to.match(unreadable);
          expect(text).to.contain(`${path}, record 0, key '00000000'`);
        }));

      it('one without records is refused', () =>
        withTemporaryFolder(async (folder) => {
          const path = join(folder, 'db');
          await writeRecords(path, backend, []);
          const text = await refusalOf(dataLayer(path, backend));
          expect(text).to.match(unreadable).and.contain(path);
        }));

      it('one that is not there, or a file, is refused', () =>
        withTemporaryFolder(async (folder) => {
          const missing = join(folder, 'missing');
          const file = join(folder, 'file');
          writeFileSync(file, 'text');
          mkdirSync(join(folder, 'data.mdb'));
          for (const path of [missing, file, folder]) {
            const text = await refusalOf(dataLayer(path, backend));
            expect(text).to.match(unreadable).and.contain(path);
          }
        }));

      it('one of the other kind is refused', () =>
        withTemporaryFolder(async (folder) => {
          const other: Backend = backend === 'LMDB' ? 'LEVELDB' : 'LMDB';
          const path = join(folder, 'db');
          await writeRecords(path, other, datums(4));
          const text = await refusalOf(dataLayer(path, backend));
          expect(text).to.contain(`set backend: ${other}`);
        }));
    });
  }
});

describe('LMDB files that are damaged', () => {
  it('every way of cutting one off is refused', () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'db');
      await writeRecords(path, 'LMDB', datums(40));
      const file = join(path, 'data.mdb');
      const whole = readFileSync(file);
      for (const length of [0, 10, 4096, 8191, 8192, whole.length - 1]) {
        writeFileSync(file, whole.subarray(0, length));
        const text = await refusalOf(dataLayer(path));
        expect(text, `${length} bytes`).to.match(unreadable);
        expect(text).to.contain(file);
      }
    }));

  it('one that gets shorter while it is read ends with a failure', () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'db');
      await writeRecords(path, 'LMDB', datums(1000));
      for (const workers of [0, 1]) {
        const file = join(path, 'data.mdb');
        const whole = readFileSync(file);
        const { failure } = await failureIn(
          dataLayer(path),
          { workers },
          () => {
            truncateSync(file, 3 * 4096);
          },
        );
        expect(failure.file).to.contain(path);
        writeFileSync(file, whole);
      }
    }));

  it('bytes that are changed never end in a hang, a crash or another kind of failure', () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'db');
      await writeRecords(path, 'LMDB', datums(100));
      const file = join(path, 'data.mdb');
      const whole = readFileSync(file);
      let refused = 0;
      for (let turn = 0; turn < 120; turn++) {
        const broken = Buffer.from(whole);
        // Heads of pages, where what is wrong can lead anywhere.
        const page = turn % (whole.length / 4096);
        const at = page * 4096 + ((turn * 7) % 64);
        broken[at] = (broken[at] ?? 0) ^ (1 << (turn % 8));
        writeFileSync(file, broken);
        if ((await refusalOf(dataLayer(path))) !== '') {
          refused++;
          continue;
        }
        try {
          await withNetData(dataLayer(path), {}, (data) =>
            takeBatches(data, 25),
          );
        } catch (thrown) {
          expect(thrown).to.have.property('name', 'DataFailure');
          refused++;
        }
      }
      expect(refused).to.be.above(20);
    }));
});

describe('LevelDBs that are damaged', () => {
  const large = (): readonly Uint8Array[] =>
    Array.from({ length: 40 }, (_, number) =>
      encodeDatum({ label: number, image: imageNumber(number, 60, 60) }),
    );

  /** The records lie in a table, not in the log. */
  async function withTable(folder: string): Promise<string> {
    const path = await writeRecords(join(folder, 'db'), 'LEVELDB', large());
    const level = new ClassicLevel(path);
    await level.open();
    await level.compactRange('', '~');
    await level.close();
    return path;
  }

  it('a table that is cut off or missing is refused', () =>
    withTemporaryFolder(async (folder) => {
      const path = await withTable(folder);
      const table = readdirSync(path).find((name) => name.endsWith('.ldb'));
      const file = join(path, table ?? '');
      const whole = readFileSync(file);
      for (const length of [0, 40, whole.length >> 1, whole.length - 1]) {
        writeFileSync(file, whole.subarray(0, length));
        const text = await refusalOf(dataLayer(path, 'LEVELDB'));
        expect(text, `${length} bytes`).to.match(unreadable);
      }
    }));

  it('a CURRENT or a manifest that is damaged is refused', () =>
    withTemporaryFolder(async (folder) => {
      const path = await withTable(folder);
      const manifest = readdirSync(path).find((name) =>
        name.startsWith('MANIFEST'),
      );
      writeFileSync(join(path, manifest ?? ''), 'nothing of the kind');
      expect(await refusalOf(dataLayer(path, 'LEVELDB'))).to.match(unreadable);
      writeFileSync(join(path, 'CURRENT'), '');
      expect(await refusalOf(dataLayer(path, 'LEVELDB'))).to.match(unreadable);
    }));

  it('a pipe in the place of one of its files is refused', () =>
    withTemporaryFolder(async (folder) => {
      const path = await withTable(folder);
      for (const name of readdirSync(path)) {
        if (!/^(CURRENT|MANIFEST.*|.*\.(ldb|sst|log))$/.test(name)) continue;
        const file = join(path, name);
        const whole = readFileSync(file);
        rmSync(file);
        execFileSync('mkfifo', [file]);
        expect(await refusalOf(dataLayer(path, 'LEVELDB')))
          .to.match(unreadable)
          .and.contain(`${name}: is no file`);
        rmSync(file);
        writeFileSync(file, whole);
      }
    }));

  it('one that another process has open is read all the same', () =>
    withTemporaryFolder(async (folder) => {
      const path = await writeRecords(join(folder, 'db'), 'LEVELDB', datums(8));
      const level = new ClassicLevel(path);
      await level.open();
      try {
        const net = dataLayer(path, 'LEVELDB');
        const [batch] = await withNetData(net, { workers: 1 }, (data) =>
          takeBatches(data, 1),
        );
        expect([...(batch?.get('label') ?? [])]).to.deep.equal([0, 1, 2, 3]);
      } finally {
        await level.close();
      }
    }));
});
