import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

import { cacheFolder } from '../runtime/native/cache.js';
import { packageRoot } from '../runtime/package-root.js';

import { requireNative } from './support/require-native.js';

const root = packageRoot();
const lenet = join(root, 'test/reference/caffemodels/lenet');

interface Ran {
  readonly stdout: string;
  readonly stderr: string;
}

const execute = promisify(execFile);

interface Surroundings {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program that has to succeed. */
async function mustRun(
  program: string,
  parameters: readonly string[],
  { cwd, env = process.env }: Surroundings,
): Promise<Ran> {
  try {
    return await execute(program, parameters, {
      cwd,
      env,
      maxBuffer: 1 << 26,
    });
  } catch (thrown) {
    const said = thrown as Partial<Ran>;
    throw new Error(
      `${program} ${parameters.join(' ')}\n${said.stdout ?? ''}\n${said.stderr ?? ''}`,
      { cause: thrown },
    );
  }
}

/** Packs the clone's present state. */
async function pack(into: string): Promise<string> {
  const here = { cwd: root };
  const check = ['scripts/stamp-build.js', '--check'];
  await mustRun(process.execPath, check, here).catch(() =>
    mustRun('npm', ['run', 'build'], here),
  );
  await mustRun(
    'npm',
    ['pack', '--ignore-scripts', '--pack-destination', into],
    here,
  );
  const [name] = readdirSync(into);
  expect(name).to.match(/^rancc-.*\.tgz$/);
  return join(into, name ?? '');
}

/**
 * As on a machine that never saw rancc: HOME, npm's cache and prefix are empty. Only the
 * cache of TensorFlow's library is this machine's, which holds what a download would bring.
 */
async function emptyEnvironment(folder: string): Promise<NodeJS.ProcessEnv> {
  // How the registry is reached is the machine's, and lies in files that are not read now.
  const setting = async (name: string): Promise<string> => {
    const said = await mustRun('npm', ['config', 'get', name], { cwd: root });
    return said.stdout.trim();
  };
  const cafile = await setting('cafile');
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE_OPTIONS|RANCC_)/i.test(name),
  );
  return {
    ...Object.fromEntries(own),
    HOME: join(folder, 'home'),
    npm_config_cache: join(folder, 'npm-cache'),
    npm_config_prefix: join(folder, 'npm-prefix'),
    npm_config_registry: await setting('registry'),
    ...(cafile === 'null' || cafile === ''
      ? {}
      : { npm_config_cafile: cafile }),
    XDG_CACHE_HOME: dirname(cacheFolder()),
  };
}

describe('rancc installed from its package', function () {
  this.timeout(600_000);
  let folder: string | undefined;
  let place: string;
  let env: NodeJS.ProcessEnv;

  before(async function () {
    requireNative(this);
    folder = mkdtempSync(join(tmpdir(), 'rancc-packed-'));
    place = join(folder, 'app');
    for (const name of ['home', 'app', 'package'])
      mkdirSync(join(folder, name));
    const archive = await pack(join(folder, 'package'));
    env = await emptyEnvironment(folder);
    await mustRun(
      'npm',
      ['install', '--no-audit', '--no-fund', '--ignore-scripts', archive],
      { cwd: place, env },
    );
    await mustRun('npx', ['rancc', 'setup'], { cwd: place, env });
  });
  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  const rancc = (...parameters: readonly string[]): Promise<Ran> =>
    mustRun(resolve(place, 'node_modules/.bin/rancc'), parameters, {
      cwd: place,
      env,
    });

  it('holds what it needs and nothing else', () => {
    const names = readdirSync(join(place, 'node_modules/rancc'));
    expect(names).to.include.members(['LICENSE', 'README.md', 'dist', 'cli']);
    expect(names).to.not.include.members(['test', 'compiler', 'scripts']);
    expect(readdirSync(join(place, 'node_modules/rancc/cli'))).to.deep.equal([
      'build-stamp.js',
      'rancc.js',
    ]);
  });

  it('helps and says its version', async () => {
    expect((await rancc('--help')).stdout).to.contain('compile');
    expect((await rancc('--version')).stdout).to.match(/^\d+\.\d+\.\d+/);
  });

  it('checks, compiles with weights, runs and validates', async () => {
    const net = join(lenet, 'deploy.prototxt');
    const weights = ['--weights', join(lenet, 'lenet_iter_400.caffemodel')];
    await rancc('check', net);
    await rancc('compile', net, ...weights, '-o', 'lenet.rancc');
    expect(readdirSync(join(place, 'lenet.rancc'))).to.include.members([
      'saved_model.pb',
      'rancc.json',
      'variables',
    ]);
    const input = join(lenet, '../inputs.npy');
    const ran = await rancc(
      ...['run', net, ...weights, '--input', `data=${input}`, '--json'],
    );
    const { iterations } = JSON.parse(ran.stdout) as {
      iterations: { outputs: { prob: { shape: number[] } } }[];
    };
    expect(iterations[0]?.outputs.prob.shape).to.deep.equal([8, 10]);
    const expected = join(lenet, 'expected.json');
    const proof = await rancc(
      ...['validate', net, ...weights, '--reference', expected, '--json'],
    );
    expect(JSON.parse(proof.stdout)).to.include({ passed: true });
  });

  it('reads HDF5 weights and writes the prototxts of the family', async () => {
    await rancc(
      ...['weights', 'convert', join(lenet, 'lenet_iter_400.caffemodel.h5')],
      'lenet.safetensors',
    );
    await rancc(
      ...['weights', 'diff', 'lenet.safetensors'],
      join(lenet, 'lenet_iter_400.caffemodel'),
    );
    await rancc('generate', 'attention', '--depth', '56', '-o', 'nets');
  });

  it('is a typed library', async () => {
    writeFileSync(
      join(place, 'use.mts'),
      [
        "import { compile, isError, parse, readNet, summary } from 'rancc';",
        "import type { Diagnostic, NetSummary } from 'rancc';",
        "const source = { name: 'a', text: 'name: \"a\"' };",
        'const found: readonly Diagnostic[] = compile(source).diagnostics;',
        'const { net } = readNet(source);',
        'const about: NetSummary | undefined = net && summary(net);',
        'console.log(parse(source).document.fields.length, about?.name, found.some(isError));',
      ].join('\n'),
    );
    await mustRun(
      process.execPath,
      [
        join(root, 'node_modules/typescript/bin/tsc'),
        ...['--module', 'nodenext', '--target', 'es2023', '--strict'],
        ...['--skipLibCheck', '--lib', 'es2023,dom', 'use.mts'],
      ],
      { cwd: place },
    );
    const said = await mustRun(process.execPath, ['use.mjs'], { cwd: place });
    expect(said.stdout).to.equal('1 a false\n');
  });
});
