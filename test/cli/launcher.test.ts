import {
  cpSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { runCommand } from '../../runtime/native/command.js';
import { packageRoot } from '../../runtime/package-root.js';

import { withTemporaryFolder } from '../support/temporary-folder.js';

const root = packageRoot();

/** A clone in small: the launcher, one source, and what tsc would make of it. */
function makeClone(folder: string, node_modules = true): void {
  mkdirSync(join(folder, 'dist/cli'), { recursive: true });
  mkdirSync(join(folder, 'cli'));
  for (const name of ['rancc.js', 'build-stamp.js']) {
    cpSync(join(root, 'cli', name), join(folder, 'cli', name));
  }
  cpSync(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  if (node_modules) {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  }
  const program = (where: string): string =>
    `export const main = (argv) => { process.stdout.write('${where} ' + argv.join(' ')); return Promise.resolve(7); };\n`;
  writeFileSync(
    join(folder, 'cli/main.tsx'),
    program('sources').replace('(argv)', '(argv: string[])'),
  );
  writeFileSync(join(folder, 'dist/cli/main.js'), program('dist'));
}

const stamp = (
  folder: string,
  ...parameters: readonly string[]
): ReturnType<typeof runCommand> =>
  runCommand(process.execPath, [
    join(folder, 'scripts/stamp-build.js'),
    ...parameters,
  ]);

const launch = (folder: string): ReturnType<typeof runCommand> =>
  runCommand(process.execPath, [join(folder, 'cli/rancc.js'), 'a', '--b']);

describe('The launcher', () => {
  it('runs the sources where nothing was built', () =>
    withTemporaryFolder(async (folder) => {
      makeClone(folder);
      const said = await launch(folder);
      expect(said.stdout, said.stderr).to.equal('sources a --b');
      expect(said.status).to.equal(7);
    }));

  it('runs dist/ until a source changes', () =>
    withTemporaryFolder(async (folder) => {
      makeClone(folder);
      await stamp(folder, '--begin');
      expect((await launch(folder)).stdout).to.equal('sources a --b');
      await stamp(folder);
      expect((await launch(folder)).stdout).to.equal('dist a --b');
      expect((await stamp(folder, '--check')).status).to.equal(0);
      const later = new Date(Date.now() + 1000);
      utimesSync(join(folder, 'cli/main.tsx'), later, later);
      expect((await launch(folder)).stdout).to.equal('sources a --b');
      expect((await stamp(folder, '--check')).status).to.equal(1);
    }));

  it('does not take a build for new whose source changed meanwhile', () =>
    withTemporaryFolder(async (folder) => {
      makeClone(folder);
      await stamp(folder, '--begin');
      const meanwhile = new Date(Date.now() + 5);
      utimesSync(join(folder, 'cli/main.tsx'), meanwhile, meanwhile);
      await stamp(folder);
      expect((await launch(folder)).stdout).to.equal('sources a --b');
    }));

  it('runs dist/ of a packed install, which has no sources', () =>
    withTemporaryFolder(async (folder) => {
      makeClone(folder);
      const packed = join(folder, 'packed');
      mkdirSync(join(packed, 'cli'), { recursive: true });
      for (const part of ['dist', 'package.json', 'cli/rancc.js']) {
        cpSync(join(folder, part), join(packed, part), { recursive: true });
      }
      cpSync(
        join(root, 'cli/build-stamp.js'),
        join(packed, 'cli/build-stamp.js'),
      );
      expect((await launch(packed)).stdout).to.equal('dist a --b');
    }));

  it('names the set-up where the npm packages are missing', () =>
    withTemporaryFolder(async (folder) => {
      makeClone(folder, false);
      const said = await launch(folder);
      expect(said.status).to.equal(3);
      expect(said.stderr).to.match(/cure: run 'bash .*scripts\/setup\.sh'/);
    }));

  it('removes outputs whose source is gone', () =>
    withTemporaryFolder(async (folder) => {
      makeClone(folder);
      const orphan = join(folder, 'dist/cli/gone.js');
      writeFileSync(orphan, '');
      await stamp(folder);
      expect(() => readFileSync(orphan)).to.throw(/ENOENT/);
      expect((await launch(folder)).stdout).to.equal('dist a --b');
    }));
});
