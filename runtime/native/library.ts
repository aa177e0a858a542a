import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

import { finishArtefact, inspectArtefact } from './cache.js';
import { fetchWheel } from './download.js';
import { EnvironmentFailure } from './failure.js';
import type { Progress } from './progress.js';
import { type Pip, requirePip } from './tools.js';
import { type Flavour, tensorflowVersion } from './versions.js';
import { type UnpackedFile, unpackWheel, ZipError } from './wheel.js';

/** The cached folder with lib/ and include/ of one flavour. */
export interface Library {
  readonly folder: string;
  readonly name: string;
}

/** Better to say so at once than after half a gigabyte. */
async function checkSpace(cache: string, flavour: Flavour): Promise<void> {
  const needed = flavour.wheels.reduce(
    (sum, wheel) => sum + wheel.size,
    flavour.unpackedSize,
  );
  const { bavail, bsize } = await statfs(cache);
  if (bavail * bsize >= needed) return;
  const megabytes = (bytes: number): number => Math.ceil(bytes / 1e6);
  throw new EnvironmentFailure(
    `the disk is too full: ${cache} has ${megabytes(bavail * bsize)} MB free, and TensorFlow's library needs ${megabytes(needed)} MB`,
    'free some space, or set XDG_CACHE_HOME to a folder on a larger disk, then run the set-up again',
  );
}

/**
 * Gives the library from the cache, fetching and unpacking it where it is not there yet
 * or is damaged. The caller holds the lock of the cache.
 */
export async function getLibrary(
  cache: string,
  flavour: Flavour,
  progress: Progress,
  thorough = false,
): Promise<Library> {
  const name = `tensorflow-${tensorflowVersion}-${flavour.name}`;
  const folder = join(cache, name);
  const state = await inspectArtefact(folder, thorough);
  if (state.kind === 'good') return { folder, name };
  if (state.kind === 'damaged') {
    progress.note(`${folder} is damaged (${state.reason}); building it again.`);
  }

  await checkSpace(cache, flavour);
  const downloads = join(cache, 'downloads');
  const partial = `${folder}.partial-${process.pid}`;
  await mkdir(partial, { recursive: true });
  let pip: Promise<Pip> | undefined;
  const pipOnce = (): Promise<Pip> => (pip ??= requirePip());
  try {
    const unpacked: UnpackedFile[] = [];
    const contents: Record<string, string> = {};
    for (const wheel of flavour.wheels) {
      const file = await fetchWheel(pipOnce, wheel, downloads, progress);
      const stage = progress.begin(`Unpacking ${wheel.project}`);
      try {
        unpacked.push(
          ...(await unpackWheel(
            file,
            partial,
            wheel.destination,
            stage.update.bind(stage),
          )),
        );
      } catch (thrown) {
        if (!(thrown instanceof ZipError)) throw thrown;
        throw new EnvironmentFailure(
          `${wheel.project} ${wheel.version} cannot be unpacked: ${thrown.message}`,
          `remove ${file}, then run the set-up again`,
          { cause: thrown },
        );
      }
      stage.end();
      contents[wheel.project] = `${wheel.version} sha256:${wheel.sha256}`;
    }
    await finishArtefact(partial, folder, contents, unpacked);
    // What was unpacked is recorded by checksum; the wheels have done their work.
    await rm(downloads, { recursive: true, force: true });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return { folder, name };
}
