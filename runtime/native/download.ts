import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { sha256OfFile } from './cache.js';
import { lastLines, runCommand } from './command.js';
import { EnvironmentFailure } from './failure.js';
import type { Progress } from './progress.js';
import type { Pip } from './tools.js';
import { pythonTag, type Wheel } from './versions.js';

const unreachable =
  /NewConnectionError|ConnectTimeout|ReadTimeout|ConnectionReset|connection (broken|refused|failed)|Connection refused|Name or service not known|Temporary failure in name resolution|Network is unreachable|Max retries exceeded|ProxyError|timed out|SSLError|CERTIFICATE_VERIFY/i;

/** Turns what pip printed into one message with a cure. */
export function pipFailure(wheel: Wheel, said: string): EnvironmentFailure {
  const what = `${wheel.project} ${wheel.version} could not be downloaded`;
  if (/No space left on device|Disk quota exceeded/i.test(said)) {
    return new EnvironmentFailure(
      `${what}: the disk is full`,
      'free some space, or set XDG_CACHE_HOME to a folder on a larger disk, then run the set-up again',
    );
  }
  if (unreachable.test(said)) {
    return new EnvironmentFailure(
      `${what}: the Python package registry is out of reach`,
      "check the network, the proxy and the index that pip uses ('pip config list', PIP_INDEX_URL), then run the set-up again",
    );
  }
  if (/No matching distribution|Could not find a version/i.test(said)) {
    return new EnvironmentFailure(
      `${what}: the Python package index in use does not have it, or does not answer`,
      "check the network, and let pip use an index that has it ('pip config list', PIP_INDEX_URL, PIP_NO_INDEX), then run the set-up again",
    );
  }
  return new EnvironmentFailure(
    `${what}; pip said:\n${lastLines(said, 8)}`,
    'mend what pip complains of, then run the set-up again',
  );
}

/** Bytes in all files under `folder`, for pip tells its progress to terminals only. */
async function bytesUnder(folder: string): Promise<number> {
  let sum = 0;
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const found = await stat(join(entry.parentPath, entry.name)).catch(
      () => undefined,
    );
    sum += found?.size ?? 0;
  }
  return sum;
}

async function runPip(
  pip: Pip,
  wheel: Wheel,
  folder: string,
  progress: Progress,
): Promise<void> {
  const temporary = join(folder, 'temporary');
  await mkdir(temporary, { recursive: true });
  const stage = progress.begin(`Downloading ${wheel.project} ${wheel.version}`);
  const watch = setInterval(() => {
    void bytesUnder(folder).then((bytes) => {
      stage.update(bytes, wheel.size);
    });
  }, 500);
  try {
    const said = await runCommand(
      pip.program,
      [
        ...pip.parameters,
        'download',
        '--no-deps',
        '--no-cache-dir',
        '--disable-pip-version-check',
        '--progress-bar=off',
        '--only-binary=:all:',
        `--python-version=${pythonTag.version}`,
        '--implementation=cp',
        `--abi=${pythonTag.abi}`,
        // What depends on no Python version has the tags py3 and none.
        '--abi=none',
        `--platform=${wheel.platform}`,
        `--dest=${folder}`,
        `${wheel.project}==${wheel.version}`,
      ],
      // Half a download then lies in a folder that is removed, and on the cache's disk.
      { TMPDIR: temporary },
    );
    if (said.status !== 0) {
      throw pipFailure(wheel, said.stdout + said.stderr);
    }
  } finally {
    clearInterval(watch);
  }
  stage.end();
  await rm(temporary, { recursive: true, force: true });
}

/**
 * Gives the path of the wheel, whole and of the known checksum: the one left by a set-up
 * that was interrupted after the download, or a fresh one.
 */
export async function fetchWheel(
  pip: () => Promise<Pip>,
  wheel: Wheel,
  downloads: string,
  progress: Progress,
): Promise<string> {
  const target = join(downloads, `${wheel.project}-${wheel.version}.whl`);
  const old = await stat(target).catch(() => undefined);
  if (old !== undefined) {
    if ((await sha256OfFile(target)) === wheel.sha256) return target;
    progress.note(
      `The ${wheel.project} that lay in the cache is damaged; fetching it again.`,
    );
    await rm(target);
  }
  const partial = join(downloads, `${wheel.project}.partial-${process.pid}`);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  try {
    await runPip(await pip(), wheel, partial, progress);
    const [file] = (await readdir(partial)).filter((name) =>
      name.endsWith('.whl'),
    );
    if (file === undefined) throw pipFailure(wheel, 'pip left no wheel');
    const found = await sha256OfFile(join(partial, file));
    if (found !== wheel.sha256) {
      throw new EnvironmentFailure(
        `${file} is not the file it should be: its sha256 is ${found}, expected ${wheel.sha256}`,
        "find out where pip gets it from ('pip config list', PIP_INDEX_URL, PIP_FIND_LINKS), then run the set-up again",
      );
    }
    await rename(join(partial, file), target);
    return target;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
