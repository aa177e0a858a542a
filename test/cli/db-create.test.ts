import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';

import { DataFailure } from '../../runtime/data/data-failure.js';
import { openDatabase } from '../../runtime/data/databases/open-database.js';
import type { DatabaseRecord } from '../../runtime/data/record-reader.js';
import { createFromList } from '../../runtime/data/tools/create/create-from-list.js';
import { partialOf } from '../../runtime/data/tools/create/partial-database.js';
import { systemErrorCode } from '../../runtime/native/failure.js';

import { withTemporaryFolder } from '../support/temporary-folder.js';
import { documentIn, launcher, rancc, reference } from './rancc-process.js';

const root = `${reference('data/images')}/`;
const list = reference('data/images.txt');

/** How many records a process that goes on writing has committed. */
async function committedIn(path: string): Promise<number> {
  try {
    const reader = await openDatabase(path, undefined);
    await reader.close();
    return reader.count;
  } catch (thrown) {
    // It may be at the beginning, or change while it is opened.
    if (thrown instanceof DataFailure) return 0;
    if (systemErrorCode(thrown) === 'ENOENT') return 0;
    throw thrown;
  }
}

async function recordsOf(path: string): Promise<readonly DatabaseRecord[]> {
  const reader = await openDatabase(path, undefined);
  try {
    return await reader.read(reader.count);
  } finally {
    await reader.close();
  }
}

const hex = ({ value }: DatabaseRecord): string =>
  Buffer.from(value).toString('hex');

async function expectEqual(made: string, wanted: string): Promise<void> {
  const [found, known] = [await recordsOf(made), await recordsOf(wanted)];
  expect(found.map(({ key }) => key)).to.deep.equal(
    known.map(({ key }) => key),
  );
  expect(found.map(hex)).to.deep.equal(known.map(hex));
}

const cases: Readonly<Record<string, readonly string[]>> = {
  gray_lmdb: ['--gray'],
  resized_lmdb: ['--resize_height', '24', '--resize_width', '40'],
  png_lmdb: ['--encoded', '--encode_type', 'png'],
  jpg_lmdb: ['--encode-type', 'jpg'],
  leveldb: ['--backend', 'leveldb'],
};

describe('rancc db create', function () {
  this.timeout(120_000);

  for (const [name, flags] of Object.entries(cases)) {
    it(`makes the records of ${name}`, () =>
      withTemporaryFolder(async (folder) => {
        const made = join(folder, name);
        const said = await rancc(
          ...['db', 'create', ...flags, '--check_size', root, list, made],
        );
        expect(said.status, said.stderr).to.equal(0);
        await expectEqual(made, reference(`data/${name}`));
      }));
  }

  it('leaves bad images out where that is wanted, else nothing is there', () =>
    withTemporaryFolder(async (folder) => {
      mkdirSync(join(folder, 'images'));
      writeFileSync(join(folder, 'images', 'bad.jpg'), 'no image');
      const own = join(folder, 'list.txt');
      writeFileSync(own, 'bad.jpg 3\nabsent.png 1\n');
      const made = join(folder, 'db');
      const command = ['db', 'create', `${folder}/images/`, own, made];
      const refused = await rancc(...command);
      expect(refused.status).to.equal(1);
      expect(refused.stderr).to.match(/list\.txt:1.*bad\.jpg/);
      const said = await rancc(...command, '--skip-bad', '--json');
      expect(said.status, said.stderr).to.equal(0);
      const { records, leftOut } = documentIn(said) as {
        records: number;
        leftOut: { line: number }[];
      };
      expect(records).to.equal(0);
      expect(leftOut.map(({ line }) => line)).to.deep.equal([1, 2]);
    }));

  it('goes on with what an interrupted run has committed', () =>
    withTemporaryFolder(async (folder) => {
      const made = join(folder, 'db');
      const copies = `${join(folder, 'images')}/`;
      cpSync(root, copies, { recursive: true });
      const lines = readFileSync(list, 'utf8').split('\n');
      const [name = ''] = /^.*(?= \d+$)/.exec(lines[40] ?? '') ?? [];
      rmSync(join(copies, name));
      const command = ['db', 'create', copies, list, made];
      const failed = await rancc(...command);
      expect(failed.status).to.equal(1);
      // What came before the image that is not there stays in the partial database.
      expect(existsSync(made)).to.equal(false);
      expect(existsSync(partialOf(made))).to.equal(true);
      cpSync(join(root, name), join(copies, name));
      const other = await rancc(...command, '--gray', '--resume');
      expect(other.status).to.equal(1);
      expect(other.stderr).to.match(/another list, root or form/);
      const said = await rancc(...command, '--resume', '--json');
      expect(said.status, said.stderr).to.equal(0);
      const { kept, records } = documentIn(said) as {
        kept: number;
        records: number;
      };
      expect(records).to.equal(64);
      expect(kept).to.be.above(0);
      const plain = join(folder, 'plain');
      await rancc('db', 'create', root, list, plain);
      await expectEqual(made, plain);
    }));

  it('shuffles by a seed, and replaces only by force', () =>
    withTemporaryFolder(async (folder) => {
      const names = ['one', 'two'].map((name) => join(folder, name));
      for (const made of names) {
        await rancc(
          ...['db', 'create', '--shuffle', '--seed', '5', root, list, made],
        );
      }
      const [one = '', two = ''] = names;
      await expectEqual(one, two);
      const again = await rancc('db', 'create', root, list, one);
      expect(again.status).to.equal(2);
      expect(again.stderr).to.match(/--force/);
      const precious = join(folder, 'precious');
      mkdirSync(precious);
      writeFileSync(join(precious, 'notes.txt'), 'mine');
      const refused = await rancc(
        ...['db', 'create', root, list, precious, '--force'],
      );
      expect(refused.status).to.equal(2);
      expect(existsSync(join(precious, 'notes.txt'))).to.equal(true);
    }));

  for (const backend of ['lmdb', 'leveldb'] as const) {
    it(`gives the same ${backend} after a kill across a commit`, () =>
      withTemporaryFolder(async (folder) => {
        const made = join(folder, 'db');
        const lines = readFileSync(list, 'utf8').trimEnd().split('\n');
        const long = join(folder, 'list.txt');
        const many = Array.from({ length: 3000 }, (_, i) => lines[i % 64]);
        writeFileSync(long, many.join('\n'));
        const command = ['db', 'create', '--backend', backend];
        const names = ['--resize_height', '8', '--resize_width', '8', root];
        const child = spawn(
          process.execPath,
          [launcher, ...command, ...names, long, made],
          { stdio: 'ignore' },
        );
        const ended = once(child, 'exit');
        while ((await committedIn(partialOf(made))) < 1000) {
          expect(child.exitCode, 'it ended by itself').to.equal(null);
          await setTimeout(5);
        }
        child.kill('SIGKILL');
        await ended;
        expect(existsSync(made)).to.equal(false);
        const said = await rancc(
          ...[...command, ...names, long, made, '--resume', '--json'],
        );
        expect(said.status, said.stderr).to.equal(0);
        const { kept, records } = documentIn(said) as {
          kept: number;
          records: number;
        };
        expect(kept).to.be.within(1000, 2999);
        expect(records).to.equal(3000);
        const plain = join(folder, 'plain');
        await createFromList({
          root,
          list: long,
          database: plain,
          backend: backend === 'lmdb' ? 'LMDB' : 'LEVELDB',
          form: { isGray: false, height: 8, width: 8, encoding: 'none' },
          checksSize: false,
          shuffleSeed: undefined,
          resumes: false,
          skipBad: false,
          progress: () => undefined,
        });
        await expectEqual(made, plain);
        expect(readdirSync(folder).toSorted()).to.eql([
          'db',
          'list.txt',
          'plain',
        ]);
      }));
  }
});
