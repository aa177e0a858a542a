import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { buildAddons, findBindingPackage } from './binding.js';
import { cacheFolder } from './cache.js';
import { asEnvironmentFailure, EnvironmentFailure } from './failure.js';
import { getLibrary } from './library.js';
import { installLmdb } from './lmdb-library.js';
import { withLock } from './lock.js';
import { placeNative } from './place.js';
import { platformProblem, thisPlatform } from './platform.js';
import { type Progress, silentProgress } from './progress.js';
import { requireCompiler } from './tools.js';
import {
  type FlavourName,
  flavours,
  isFlavourName,
  tensorflowVersion,
} from './versions.js';

export interface InstallOptions {
  readonly progress?: Progress;
  /** Hash every cached file again instead of trusting size and time of change. */
  readonly thorough?: boolean;
}

/** What RANCC_TENSORFLOW asks for: `pypi-cpu` (the default) or `pypi-gpu`. */
export function chosenFlavour(
  environment: NodeJS.ProcessEnv = process.env,
): FlavourName {
  const asked = environment['RANCC_TENSORFLOW'];
  if (asked === undefined || asked === '') return 'pypi-cpu';
  if (isFlavourName(asked)) return asked;
  throw new EnvironmentFailure(
    `RANCC_TENSORFLOW is '${asked}', which is no flavour of TensorFlow's library`,
    `set it to one of: ${Object.keys(flavours).join(', ')}`,
  );
}

/** What set-ups left that were killed half-way; under the lock nobody uses it. */
async function removeLeftovers(cache: string): Promise<void> {
  for (const folder of [cache, join(cache, 'downloads')]) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      if (/\.partial-\d+$/.test(name)) {
        await rm(join(folder, name), { recursive: true, force: true });
      }
    }
  }
}

/**
 * Gets and builds the native library: wheel -> cached library -> compiled binding -> links in
 * the npm package. Each step is taken only where its result is not there yet, and each
 * result is written beside and renamed, so an interrupted set-up leaves nothing half done.
 */
export async function installNative(
  options: InstallOptions = {},
): Promise<void> {
  const progress = options.progress ?? silentProgress;
  const thorough = options.thorough ?? false;
  const problem = platformProblem(thisPlatform());
  if (problem !== undefined) throw problem;
  const flavour = flavours[chosenFlavour()];
  const cache = cacheFolder();
  try {
    await mkdir(cache, { recursive: true });
    await withLock(
      join(cache, 'setup.lock'),
      async () => {
        await removeLeftovers(cache);
        const into = await findBindingPackage();
        // Before the long download, not after it.
        const compiler = await requireCompiler();
        const library = await getLibrary(cache, flavour, progress, thorough);
        const addons = await buildAddons(
          cache,
          into,
          library,
          progress,
          thorough,
        );
        await installLmdb(cache, compiler, progress, thorough);
        await placeNative(into, library.folder, addons, {
          flavour: chosenFlavour(),
          tensorflow: tensorflowVersion,
          compiler: compiler.version,
        });
      },
      {
        onWait: (pid) => {
          progress.note(
            `Another set-up (process ${pid}) is running; waiting for it.`,
          );
        },
      },
    );
  } catch (thrown) {
    throw asEnvironmentFailure(thrown, 'setting up TensorFlow');
  }
}
