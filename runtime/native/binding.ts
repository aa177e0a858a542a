import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { bindingName, heldStderrName, napiVersion } from './addons.js';
import { finishArtefact, inspectArtefact, sha256OfFile } from './cache.js';
import { compileAddon } from './compile.js';
import { EnvironmentFailure } from './failure.js';
import type { Library } from './library.js';
import type { Progress } from './progress.js';
import { type Compiler, requireCompiler } from './tools.js';
import { libraries } from './versions.js';

const require = createRequire(import.meta.url);

const bindingSources = ['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc'];
const heldStderrSource = fileURLToPath(
  new URL('held-stderr.cc', import.meta.url),
);

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

/**
 * From lib/napi-v8/ of the npm package to its deps/lib/. Node unloads an addon when the last
 * thread that loaded it ends; TensorFlow's threads go on, and what it left to do at exit.
 */
const linking = ['-Wl,-rpath,$ORIGIN/../../deps/lib', '-Wl,-z,nodelete'];

/** A short name for all that the compiled files depend on. */
async function addonsKey(
  sources: readonly string[],
  tensorflow: string,
  compiler: Compiler,
): Promise<string> {
  const hash = createHash('sha256');
  hash.update(`${tensorflow}\n${compiler.version}\nnapi ${napiVersion}\n`);
  hash.update(`${linking.join(' ')}\n`);
  for (const source of sources) hash.update(await readFile(source));
  return hash.digest('hex').slice(0, 12);
}

/**
 * Gives the folder of the compiled addons in the cache, compiling them where this compiler
 * has not yet done so.
 */
export async function buildAddons(
  cache: string,
  from: BindingPackage,
  tensorflow: Library,
  progress: Progress,
  thorough = false,
): Promise<string> {
  const compiler = await requireCompiler();
  const sources = bindingSources.map((name) => join(from.folder, name));
  const key = await addonsKey(
    [...sources, heldStderrSource],
    tensorflow.name,
    compiler,
  );
  const folder = join(
    cache,
    `binding-${from.version}-${tensorflow.name}-${key}`,
  );
  const state = await inspectArtefact(folder, thorough);
  if (state.kind === 'good') return folder;

  const partial = `${folder}.partial-${process.pid}`;
  await mkdir(partial, { recursive: true });
  const stage = progress.begin(
    'Compiling the binding between Node and TensorFlow',
  );
  const node = [`-DNAPI_VERSION=${napiVersion}`, '-I', nodeHeaders()];
  try {
    await compileAddon(
      compiler,
      [heldStderrSource],
      node,
      join(partial, heldStderrName),
    );
    await compileAddon(
      compiler,
      sources,
      [
        ...node,
        ...['-I', join(tensorflow.folder, 'include'), '-I', from.folder],
        ...['-L', join(tensorflow.folder, 'lib')],
        ...libraries.map((library) => `-l:${library}`),
        ...linking,
      ],
      join(partial, bindingName),
    );
    const built = [];
    for (const path of [bindingName, heldStderrName]) {
      built.push({ path, sha256: await sha256OfFile(join(partial, path)) });
    }
    await finishArtefact(
      partial,
      folder,
      {
        tfjs: from.version,
        tensorflow: tensorflow.name,
        compiler: compiler.version,
      },
      built,
    );
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  stage.end();
  return folder;
}
