import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { finishArtefact, inspectArtefact, sha256OfFile } from './cache.js';
import { lastLines, runCommand } from './command.js';
import { EnvironmentFailure } from './failure.js';
import type { Progress } from './progress.js';
import { type Compiler, requireCompiler } from './tools.js';
import { libraries } from './versions.js';

const require = createRequire(import.meta.url);

export const bindingName = 'tfjs_binding.node';
/** Node-API 8 serves every Node from 20 on. */
export const napiVersion = 8;
const sources = ['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc'];

/** The installed npm package whose C++ sources are the binding. */
export interface BindingPackage {
  readonly folder: string;
  readonly version: string;
}

export async function findBindingPackage(): Promise<BindingPackage> {
  try {
    const manifest = require.resolve('@tensorflow/tfjs-node-gpu/package.json');
    const { version } = JSON.parse(await readFile(manifest, 'utf8')) as {
      readonly version: string;
    };
    return { folder: dirname(manifest), version };
  } catch (thrown) {
    throw new EnvironmentFailure(
      'the npm package @tensorflow/tfjs-node-gpu is not installed',
      "run 'npm ci' in rancc's folder, then the set-up again",
      { cause: thrown },
    );
  }
}

function nodeHeaders(): string {
  try {
    const manifest = require.resolve('node-api-headers/package.json');
    return join(dirname(manifest), 'include');
  } catch (thrown) {
    throw new EnvironmentFailure(
      'the npm package node-api-headers is not installed',
      "run 'npm ci' in rancc's folder, then the set-up again",
      { cause: thrown },
    );
  }
}

/** A short name for all that the compiled file depends on. */
async function bindingKey(
  from: BindingPackage,
  tensorflow: string,
  compiler: Compiler,
): Promise<string> {
  const hash = createHash('sha256');
  hash.update(`${tensorflow}\n${compiler.version}\nnapi ${napiVersion}\n`);
  for (const source of sources) {
    hash.update(await readFile(join(from.folder, source)));
  }
  return hash.digest('hex').slice(0, 12);
}

/**
 * Gives the path of the compiled binding in the cache, compiling it where this compiler
 * has not yet done so. `tensorflow` is the folder with lib/ and include/.
 */
export async function buildBinding(
  cache: string,
  from: BindingPackage,
  tensorflow: { readonly folder: string; readonly name: string },
  progress: Progress,
  thorough = false,
): Promise<string> {
  const compiler = await requireCompiler();
  const key = await bindingKey(from, tensorflow.name, compiler);
  const folder = join(
    cache,
    `binding-${from.version}-${tensorflow.name}-${key}`,
  );
  const state = await inspectArtefact(folder, thorough);
  if (state.kind === 'good') return join(folder, bindingName);

  const partial = `${folder}.partial-${process.pid}`;
  await mkdir(partial, { recursive: true });
  const stage = progress.begin(
    'Compiling the binding between Node and TensorFlow',
  );
  try {
    const target = join(partial, bindingName);
    const lib = join(tensorflow.folder, 'lib');
    const said = await runCommand(compiler.program, [
      '-O2',
      '-std=c++17',
      '-shared',
      '-fPIC',
      // The C API marks some functions that the binding calls as old.
      '-w',
      `-DNAPI_VERSION=${napiVersion}`,
      '-DBUILDING_NODE_EXTENSION',
      '-I',
      nodeHeaders(),
      '-I',
      join(tensorflow.folder, 'include'),
      '-I',
      from.folder,
      ...sources.map((source) => join(from.folder, source)),
      '-L',
      lib,
      ...libraries.map((library) => `-l:${library}`),
      // From lib/napi-v8/ of the npm package to its deps/lib/.
      '-Wl,-rpath,$ORIGIN/../../deps/lib',
      '-o',
      target,
    ]);
    if (said.status !== 0) {
      const full = /No space left on device/i.test(said.stderr);
      throw new EnvironmentFailure(
        full
          ? 'the binding could not be compiled: the disk is full'
          : `the binding could not be compiled; ${compiler.program} said:\n${lastLines(said.stderr, 12)}`,
        full
          ? 'free some space (also where TMPDIR points), then run the set-up again'
          : `use another compiler (CXX names it; this one is ${compiler.version}), then run the set-up again`,
      );
    }
    await finishArtefact(
      partial,
      folder,
      {
        tfjs: from.version,
        tensorflow: tensorflow.name,
        compiler: compiler.version,
      },
      [{ path: bindingName, sha256: await sha256OfFile(target) }],
    );
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  stage.end();
  return join(folder, bindingName);
}
