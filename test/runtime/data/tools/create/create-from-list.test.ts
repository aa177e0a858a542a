import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';

import { DataFailure } from '../../../../../runtime/data/data-failure.js';
import {
  lockOf,
  partialOf,
} from '../../../../../runtime/data/tools/create/partial-database.js';
import { lockRun } from '../../../../../runtime/data/tools/create/run-lock.js';

import {
  contentOf,
  endAfter,
  Interruption,
  withList,
  writeImage,
} from './created.js';

async function failureOf(work: Promise<unknown>): Promise<DataFailure> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof DataFailure) return thrown;
    throw thrown;
  }
  throw new Error('it did not fail');
}

async function interrupted(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof Interruption) return;
    throw thrown;
  }
  throw new Error('it was not interrupted');
}

/** What stands beside the database, without it. */
const beside = (database: string): readonly string[] =>
  readdirSync(dirname(database)).filter((name) => name !== 'db');

describe('a database of a list of images', () => {
  const lists: readonly (readonly [string, string, string, RegExp])[] = [
    ['without a label', '\n\nmore\n', ':8', /no space between/],
    ['with a word as a label', '9.png cat\n', ':6', /'cat' as its label/],
    ['beyond 32 bits', '\n9.png -2147483649', ':7', /which no Datum can hold/],
    ['binary', '\u0000\u0001', ':6', /the line has no space/],
  ];
  for (const [name, end, line, problem] of lists) {
    it(`a last line that is ${name} is refused before anything is written`, () =>
      withList(5, async ({ list, database, run }) => {
        appendFileSync(list, end);
        const failure = await failureOf(run({ skipBad: true }));
        expect(failure.file).to.equal(`${list}${line}`);
        expect(failure.problem).to.match(problem);
        expect(failure.cure).to.match(/mend the list/);
        expect(existsSync(dirname(database))).to.be.false;
      }));
  }

  it('an empty list, or none, is refused', () =>
    withList(0, async ({ list, database, run }) => {
      expect((await failureOf(run())).problem).to.equal('lists no images');
      rmSync(list);
      expect((await failureOf(run())).problem).to.equal('is missing');
      execFileSync('mkfifo', [list]);
      expect((await failureOf(run())).problem).to.equal('is no file');
      expect(existsSync(dirname(database))).to.be.false;
    }));

  it('a pipe, a folder or nothing in the place of an image is left out by its line', () =>
    withList(5, async ({ images, list, database, run }) => {
      for (const number of [1, 2, 3]) rmSync(join(images, `${number}.png`));
      execFileSync('mkfifo', [join(images, '1.png')]);
      mkdirSync(join(images, '2.png'));
      const failure = await failureOf(run());
      expect(failure.file).to.equal(`${list}:2: ${join(images, '1.png')}`);
      expect(failure.problem).to.equal('is no file');
      const { records, leftOut } = await run({ skipBad: true });
      expect(records).to.equal(2);
      expect(leftOut.map(({ line, problem }) => [line, problem])).to.eql([
        [2, 'is no file'],
        [3, 'is no file'],
        [4, 'does not exist'],
      ]);
      expect((await contentOf(database)).map(([key]) => key)).to.eql([
        '00000000_0.png',
        '00000004_4.png',
      ]);
    }));

  it('a root without its slash is told', () =>
    withList(2, async ({ images, run }) => {
      const failure = await failureOf(run({ root: images }));
      expect(failure.file).to.contain(`${images}0.png`);
      expect(failure.cure).to.match(/^end the root with a slash/);
    }));

  it('a file in the place of a folder is told', () =>
    withList(2, async ({ list, run }) => {
      for (const database of [join(list, 'db'), join(list, 'folder', 'db')]) {
        const failure = await failureOf(run({ database }));
        expect(failure.file).to.equal(dirname(database));
        expect(failure.problem).to.match(/^is a file, or below one/);
      }
    }));

  it('images of two sizes are refused where sizes are checked', () =>
    withList(20, async ({ images, list, database, run }) => {
      await writeImage(images, 17, 6);
      const failure = await failureOf(run({ checksSize: true }));
      expect(failure.file).to.equal(`${list}:18`);
      expect(failure.problem).to.equal('17.png is 3x6x5, and 0.png is 3x4x5');
      expect(existsSync(database)).to.be.false;
      expect((await run()).records).to.equal(20);
    }));
});

describe('a database that goes on after an interruption', () => {
  for (const backend of ['LMDB', 'LEVELDB'] as const) {
    it(`of ${backend} tells of all images that were left out`, () =>
      withList(40, async ({ images, database, run }) => {
        rmSync(join(images, '3.png'));
        rmSync(join(images, '20.png'));
        rmSync(join(images, '38.png'));
        const flags = { backend, skipBad: true };
        await interrupted(run({ ...flags, progress: endAfter(32) }));
        const made = await run({ ...flags, resumes: true });
        expect(made).to.deep.include({ records: 37, kept: 30 });
        expect(made.leftOut.map(({ line }) => line)).to.eql([4, 21, 39]);
        const content = await contentOf(database);
        expect(await run(flags)).to.deep.include({ records: 37, kept: 0 });
        expect(await contentOf(database)).to.eql(content);
        expect(beside(database)).to.eql([]);
      }));
  }

  it('takes in an image that was mended meanwhile, at its place', () =>
    withList(40, async ({ images, database, run }) => {
      rmSync(join(images, '3.png'));
      await interrupted(run({ skipBad: true, progress: endAfter(32) }));
      expect((await failureOf(run({ resumes: true }))).message).to.match(
        /list\.txt:4: .*does not exist/,
      );
      await writeImage(images, 3);
      const made = await run({ resumes: true });
      expect(made).to.eql({ records: 40, kept: 31, leftOut: [] });
      const content = await contentOf(database);
      await run();
      expect(await contentOf(database)).to.eql(content);
    }));

  it('begins anew where nothing was written, or all is in its place', () =>
    withList(5, async ({ run }) => {
      expect((await run({ resumes: true })).kept).to.equal(0);
      expect((await run({ resumes: true })).kept).to.equal(0);
    }));

  it('puts back what was aside when a run ended between two names', () =>
    withList(5, async ({ images, database, run }) => {
      await run();
      renameSync(database, join(dirname(database), '.db.replaced'));
      rmSync(join(images, '0.png'));
      expect((await failureOf(run())).problem).to.equal('does not exist');
      expect(await contentOf(database)).to.have.length(5);
    }));
});

describe('two runs that write the same database', () => {
  it('in one process: the second is refused until the first has ended', () =>
    withList(5, async ({ database, run }) => {
      mkdirSync(dirname(database));
      const unlock = await lockRun(lockOf(database));
      const { problem, file, cure } = await failureOf(run());
      expect(problem).to.equal(
        `process ${process.pid} is writing this database`,
      );
      expect(file).to.equal(lockOf(database));
      expect(cure).to.match(/remove this file/);
      expect(beside(database)).to.eql(['.db.lock']);
      await unlock();
      expect((await run()).records).to.equal(5);
      expect(beside(database)).to.eql([]);
    }));

  it('by two processes: as long as the other one lives', () =>
    withList(5, async ({ database, run }) => {
      mkdirSync(dirname(database));
      writeFileSync(lockOf(database), `${process.ppid}\n`);
      expect((await failureOf(run())).message).to.contain(
        `process ${process.ppid} `,
      );
      expect(existsSync(partialOf(database))).to.be.false;
      // One that has ended, and a file that a crash has left empty.
      const ended = execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' });
      for (const text of [ended, '', `${process.pid}\n`]) {
        writeFileSync(lockOf(database), text);
        expect((await run()).records).to.equal(5);
        expect(beside(database)).to.eql([]);
      }
    }));
});
