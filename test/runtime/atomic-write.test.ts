import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import {
  FolderRefused,
  replaceFolder,
  writeFileAtomically,
  writeFolder,
} from '../../runtime/atomic-write.js';

import { withTemporaryFolder } from '../support/temporary-folder.js';

const manifest = { path: 'rancc.json', content: '{ "generator": "rancc" }' };

async function refused(work: Promise<void>): Promise<FolderRefused> {
  try {
    await work;
  } catch (thrown) {
    expect(thrown).to.be.instanceOf(FolderRefused);
    return thrown as FolderRefused;
  }
  throw new Error('nothing was refused');
}

describe('Writing a file', () => {
  it('replaces what was there and leaves nothing beside it', () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'a.txt');
      await writeFileAtomically(path, 'old');
      await writeFileAtomically(path, Buffer.from('new'));
      expect(readFileSync(path, 'utf8')).to.equal('new');
      expect(readdirSync(folder)).to.deep.equal(['a.txt']);
    }));

  it('keeps the old content where writing fails', () =>
    withTemporaryFolder(async (folder) => {
      mkdirSync(join(folder, 'taken'));
      let failed = false;
      await writeFileAtomically(join(folder, 'taken'), 'x').catch(() => {
        failed = true;
      });
      expect(failed).to.equal(true);
      expect(readdirSync(folder)).to.deep.equal(['taken']);
    }));
});

describe('Writing a folder', () => {
  it('makes the folders on the way', () =>
    withTemporaryFolder(async (folder) => {
      const target = join(folder, 'nets', 'a.rancc');
      await writeFolder(target, [
        manifest,
        { path: 'variables/variables.index', content: Buffer.from([1]) },
      ]);
      expect(readdirSync(target)).to.have.members(['rancc.json', 'variables']);
      expect(readdirSync(join(folder, 'nets'))).to.deep.equal(['a.rancc']);
    }));

  it('replaces its own folder as a whole', () =>
    withTemporaryFolder(async (folder) => {
      const target = join(folder, 'a.rancc');
      await writeFolder(target, [manifest, { path: 'old', content: '' }]);
      await writeFolder(target, [manifest, { path: 'new', content: '' }]);
      expect(readdirSync(target)).to.have.members(['rancc.json', 'new']);
      expect(readdirSync(folder)).to.deep.equal(['a.rancc']);
    }));

  it('refuses a folder that is not its own, untouched', () =>
    withTemporaryFolder(async (folder) => {
      const cases = [
        ['empty manifest', 'rancc.json', ''],
        ['manifest of another', 'rancc.json', '{"generator": "other"}'],
        ['no manifest', 'thesis.tex', 'years of work'],
      ] as const;
      for (const [title, name, content] of cases) {
        const target = join(folder, title);
        mkdirSync(target);
        writeFileSync(join(target, name), content);
        const failure = await refused(writeFolder(target, [manifest]));
        expect(failure.folder).to.equal(target);
        expect(readFileSync(join(target, name), 'utf8')).to.equal(content);
      }
      const file = join(folder, 'file');
      writeFileSync(file, 'x');
      await refused(writeFolder(file, [manifest]));
      expect(readFileSync(file, 'utf8')).to.equal('x');
    }));

  it('fills an empty folder', () =>
    withTemporaryFolder(async (folder) => {
      const target = join(folder, 'empty');
      mkdirSync(target);
      await writeFolder(target, [manifest]);
      expect(readdirSync(target)).to.deep.equal(['rancc.json']);
    }));

  it('replaces what a link points to, and keeps the link', () =>
    withTemporaryFolder(async (folder) => {
      mkdirSync(join(folder, 'real'));
      symlinkSync('real', join(folder, 'link'));
      await writeFolder(join(folder, 'link'), [manifest]);
      expect(lstatSync(join(folder, 'link')).isSymbolicLink()).to.equal(true);
      expect(readdirSync(join(folder, 'real'))).to.deep.equal(['rancc.json']);
    }));

  it('keeps the old folder where filling the new one fails', () =>
    withTemporaryFolder(async (folder) => {
      const target = join(folder, 'a.rancc');
      await writeFolder(target, [manifest]);
      let message = '';
      await replaceFolder(target, (partial) => {
        writeFileSync(join(partial, 'half'), '');
        return Promise.reject(new Error('the disk is full'));
      }).catch((thrown: unknown) => {
        message = (thrown as Error).message;
      });
      expect(message).to.equal('the disk is full');
      expect(readdirSync(target)).to.deep.equal(['rancc.json']);
      expect(readdirSync(folder)).to.deep.equal(['a.rancc']);
    }));
});
