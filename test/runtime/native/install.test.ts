import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

import { runCommand } from '../../../runtime/native/command.js';
import { pipFailure } from '../../../runtime/native/download.js';
import {
  asEnvironmentFailure,
  EnvironmentFailure,
} from '../../../runtime/native/failure.js';
import { chosenFlavour } from '../../../runtime/native/install.js';
import { lookForCompiler, lookForPip } from '../../../runtime/native/tools.js';
import { flavours } from '../../../runtime/native/versions.js';
import { unpackWheel } from '../../../runtime/native/wheel.js';

import { requireNative, skipOrFail } from '../../support/require-native.js';
import { makeZip } from '../../support/small-zip.js';
import { withTemporaryFolder } from '../../support/temporary-folder.js';

const main = fileURLToPath(
  new URL('../../../runtime/native/install-main.ts', import.meta.url),
);
const wheelName = 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl';

/** Runs the set-up in a process of its own; without a cache named it is the user's. */
const setUp = (environment: NodeJS.ProcessEnv): ReturnType<typeof runCommand> =>
  runCommand(process.execPath, ['--import', 'tsx', main], environment);

/** No registry answers on a closed port of this machine. */
const outOfReach = {
  PIP_INDEX_URL: 'http://127.0.0.1:1/simple',
  PIP_FIND_LINKS: '',
  PIP_RETRIES: '1',
  PIP_DEFAULT_TIMEOUT: '5',
};

/** A folder with only these programs in it. */
function pathWith(folder: string, programs: readonly string[]): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const name of programs) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], {
      encoding: 'utf8',
    }).stdout.trim();
    if (found !== '') symlinkSync(found, join(bin, name));
  }
  return bin;
}

/** Mounts a file system of that size, where this user may. */
function mountSmallDisk(folder: string, size: string): boolean {
  mkdirSync(folder);
  const said = spawnSync('mount', [
    '-t',
    'tmpfs',
    '-o',
    `size=${size}`,
    'rancc-test',
    folder,
  ]);
  return said.status === 0;
}

describe('The set-up', () => {
  before(async function () {
    if ((await lookForPip()) === undefined) {
      skipOrFail(this, 'pip is not on the PATH', 'install it');
    }
    if ((await lookForCompiler()) === undefined) {
      skipOrFail(this, 'there is no C++ compiler', 'install g++');
    }
  });

  it('says that the compiler is missing, before any download', () =>
    withTemporaryFolder(async (folder) => {
      const said = await setUp({
        PATH: pathWith(folder, []),
        XDG_CACHE_HOME: folder,
      });
      expect(said.status).to.equal(3);
      expect(said.stderr).to.match(/error: no C\+\+ compiler \(g\+\+\)/);
      expect(said.stderr).to.match(/cure: .*apt-get install g\+\+/);
      expect(said.stderr).not.to.match(/Downloading|\n\s+at /);
    }));

  it('says that Python and pip are missing', () =>
    withTemporaryFolder(async (folder) => {
      const said = await setUp({
        PATH: pathWith(folder, ['g++']),
        XDG_CACHE_HOME: folder,
      });
      expect(said.status).to.equal(3);
      expect(said.stderr).to.match(/error: neither python3 nor pip/);
      expect(said.stderr).to.match(/cure: .*apt-get install python3-pip/);
    }));

  it('says that a Python has no pip', () =>
    withTemporaryFolder(async (folder) => {
      const path = pathWith(folder, ['g++', 'sh']);
      writeFileSync(
        join(path, 'python3'),
        '#!/bin/sh\n[ "$1" = --version ] && echo Python 3.12.0 && exit 0\necho "No module named pip" >&2; exit 1\n',
        { mode: 0o755 },
      );
      const said = await setUp({ PATH: path, XDG_CACHE_HOME: folder });
      expect(said.status).to.equal(3);
      expect(said.stderr).to.match(/error: Python 3.12.0 has no pip/);
    }));

  it('says that the registry is out of reach', () =>
    withTemporaryFolder(async (folder) => {
      const said = await setUp({ ...outOfReach, XDG_CACHE_HOME: folder });
      expect(said.status).to.equal(3);
      expect(said.stderr).to.match(/error: .*registry is out of reach/);
      expect(said.stderr).to.match(/cure: .*PIP_INDEX_URL/);
      expect(readdirSync(join(folder, 'rancc'))).to.deep.equal(['downloads']);
      expect(readdirSync(join(folder, 'rancc/downloads'))).to.deep.equal([]);
    }));

  it('says that the index does not have the version', () =>
    withTemporaryFolder(async (folder) => {
      const said = await setUp({
        PIP_NO_INDEX: '1',
        PIP_FIND_LINKS: folder,
        XDG_CACHE_HOME: folder,
      });
      expect(said.status).to.equal(3);
      expect(said.stderr).to.match(/error: .*index in use does not have it/);
    }));

  it('takes no wheel whose checksum is another', () =>
    withTemporaryFolder(async (folder) => {
      const info = 'tensorflow_cpu-2.21.0.dist-info';
      const member = (name: string, text: string) => ({
        name: `${info}/${name}`,
        content: Buffer.from(text),
      });
      writeFileSync(
        join(folder, wheelName),
        makeZip([
          member(
            'METADATA',
            'Metadata-Version: 2.1\nName: tensorflow-cpu\nVersion: 2.21.0\n',
          ),
          member('WHEEL', 'Wheel-Version: 1.0\nRoot-Is-Purelib: false\n'),
          member('RECORD', ''),
        ]),
      );
      const said = await setUp({
        PIP_NO_INDEX: '1',
        PIP_FIND_LINKS: folder,
        XDG_CACHE_HOME: join(folder, 'cache'),
      });
      expect(said.status).to.equal(3);
      expect(said.stderr).to.match(/is not the file it should be: its sha256/);
      expect(existsSync(join(folder, 'cache/rancc/tensorflow'))).to.equal(
        false,
      );
      expect(readdirSync(join(folder, 'cache/rancc/downloads'))).to.be.empty;
    }));

  it('does not use half a download, nor what a killed set-up left', () =>
    withTemporaryFolder(async (folder) => {
      const cache = join(folder, 'rancc');
      const half = join(cache, 'tensorflow-2.21.0-pypi-cpu.partial-999');
      mkdirSync(half, { recursive: true });
      mkdirSync(join(cache, 'downloads/tensorflow-cpu.partial-999'), {
        recursive: true,
      });
      writeFileSync(
        join(cache, 'downloads/tensorflow-cpu-2.21.0.whl'),
        'PK\x03\x04 and then the line went dead',
      );
      const said = await setUp({ ...outOfReach, XDG_CACHE_HOME: folder });
      expect(said.status).to.equal(3);
      expect(said.stderr).to.match(
        /in the cache is damaged; fetching it again/,
      );
      expect(said.stderr).to.match(/error: .*registry is out of reach/);
      expect(existsSync(half)).to.equal(false);
      expect(readdirSync(join(cache, 'downloads'))).to.be.empty;
    }));

  it('says that the disk is too full, before any download', function () {
    return withTemporaryFolder(async (folder) => {
      const disk = join(folder, 'disk');
      if (!mountSmallDisk(disk, '1m')) this.skip();
      try {
        const said = await setUp({ ...outOfReach, XDG_CACHE_HOME: disk });
        expect(said.status).to.equal(3);
        expect(said.stderr).to.match(/error: the disk is too full: .* MB free/);
        expect(said.stderr).to.match(/cure: .*XDG_CACHE_HOME/);
        expect(said.stderr).not.to.match(/Downloading/);
      } finally {
        spawnSync('umount', [disk]);
      }
    });
  });

  it('says that the disk ran full while unpacking', function () {
    return withTemporaryFolder(async (folder) => {
      const disk = join(folder, 'disk');
      if (!mountSmallDisk(disk, '1m')) this.skip();
      try {
        const wheel = join(folder, 'a.whl');
        const content = Buffer.alloc(3_000_000);
        writeFileSync(wheel, makeZip([{ name: 'a.so', content }]));
        const thrown: unknown = await unpackWheel(wheel, disk, (m) => m).catch(
          (reason: unknown) => asEnvironmentFailure(reason, 'unpacking'),
        );
        expect(thrown).to.be.instanceOf(EnvironmentFailure);
        expect((thrown as Error).message).to.match(/the disk is full/);
      } finally {
        spawnSync('umount', [disk]);
      }
    });
  });

  it('says that the cache may not be written', () =>
    withTemporaryFolder(async (folder) => {
      const file = join(folder, 'file');
      writeFileSync(file, '');
      const said = await setUp({ XDG_CACHE_HOME: file });
      expect(said.status).to.equal(3);
      expect(said.stderr).to.match(/a file stands where a folder is needed/);
      expect(said.stderr).to.match(/cure: /);
    }));

  it('names the flavours where RANCC_TENSORFLOW is misspelt', async () => {
    const said = await setUp({ RANCC_TENSORFLOW: 'cuda' });
    expect(said.status).to.equal(3);
    expect(said.stderr).to.match(/RANCC_TENSORFLOW is 'cuda'/);
    expect(said.stderr).to.match(/pypi-cpu, pypi-gpu/);
  });
});

describe('The set-up on a machine that has everything', () => {
  before(function () {
    requireNative(this);
  });

  it('takes seconds, twice at once too', async function () {
    this.timeout(60_000);
    const began = Date.now();
    const both = await Promise.all([setUp({}), setUp({})]);
    for (const said of both) {
      expect(said.stderr).to.match(
        /TensorFlow 2\.21\.0 \(pypi-cpu\) is in place/,
      );
      expect(said.stderr).not.to.match(/Downloading|Unpacking|Compiling/);
      expect(said.status).to.equal(0);
    }
    expect(Date.now() - began).to.be.below(20_000);
  });
});

describe('What pip says', () => {
  const wheel = flavours['pypi-cpu'].wheels[0];
  if (wheel === undefined) throw new Error('there is no wheel');
  for (const [said, message] of [
    [
      "WARNING: Retrying after connection broken by 'NewConnectionError'\nERROR: No matching distribution found",
      /out of reach/,
    ],
    ['ERROR: No matching distribution found for x', /does not have it/],
    ['OSError: [Errno 28] No space left on device', /disk is full/],
    ['ERROR: something new', /pip said:\nERROR: something new/],
  ] as const) {
    it(`becomes one message with a cure: ${message.source}`, () => {
      const failure = pipFailure(wheel, said);
      expect(failure.message).to.match(message);
      expect(failure.cure).to.match(/then run the set-up again/);
    });
  }
});

describe('The flavours of TensorFlow', () => {
  it('are chosen by RANCC_TENSORFLOW', () => {
    expect(chosenFlavour({})).to.equal('pypi-cpu');
    expect(chosenFlavour({ RANCC_TENSORFLOW: '' })).to.equal('pypi-cpu');
    expect(chosenFlavour({ RANCC_TENSORFLOW: 'pypi-gpu' })).to.equal(
      'pypi-gpu',
    );
    expect(() => chosenFlavour({ RANCC_TENSORFLOW: 'gpu' })).to.throw(
      EnvironmentFailure,
    );
  });

  it('pin every wheel by its sha256 and size', () => {
    for (const { wheels, unpackedSize } of Object.values(flavours)) {
      expect(unpackedSize).to.be.above(0);
      for (const { sha256, size, project } of wheels) {
        expect(sha256, project).to.match(/^[0-9a-f]{64}$/);
        expect(size, project).to.be.above(0);
      }
    }
  });
});
