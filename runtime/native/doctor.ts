import { readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { packageRoot } from '../package-root.js';
import { cacheFolder } from './cache.js';
import { firstLine, runCommand } from './command.js';
import { type DeviceReport, deviceReport } from './device-report.js';
import { EnvironmentFailure } from './failure.js';
import { chosenFlavour } from './install.js';
import { lmdbLibrary, lmdbMissing } from './lmdb-library.js';
import { platformProblem, thisPlatform } from './platform.js';
import { type Installed, nativeStatus, setupCommand } from './status.js';
import {
  compilerCure,
  lookForCompiler,
  lookForPip,
  lookForPython,
  pipCure,
} from './tools.js';

/** Something that is missing, and the command or act that mends it. */
export interface Lack {
  readonly what: string;
  readonly cure: string;
  /** False where rancc works all the same (a compiler after the set-up). */
  readonly needed: boolean;
}

export interface DoctorReport {
  readonly versions: {
    readonly rancc: string;
    readonly node: string;
    readonly npm: string | undefined;
    readonly python: string | undefined;
    readonly pip: string | undefined;
    readonly compiler: string | undefined;
    readonly glibc: string | undefined;
    /** Of the library that was loaded. */
    readonly tensorflow: string | undefined;
  };
  readonly platform: string;
  /** What RANCC_TENSORFLOW asks for; undefined where it names no flavour. */
  readonly flavour: string | undefined;
  readonly installed: Installed | undefined;
  /** What TensorFlow itself said when it was loaded. */
  readonly devices: DeviceReport | undefined;
  readonly cache: {
    readonly folder: string;
    /** In bytes. */
    readonly size: number;
    readonly contents: readonly string[];
  };
  readonly lacks: readonly Lack[];
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  let sum = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const found = await stat(join(entry.parentPath, entry.name)).catch(
      () => undefined,
    );
    sum += found?.size ?? 0;
  }
  return sum;
}

function ownVersion(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

async function npmVersion(): Promise<string | undefined> {
  const said = await runCommand('npm', ['--version']);
  return said.status === 0 ? firstLine(said.stdout) : undefined;
}

/** Runs `work`; an EnvironmentFailure becomes a lack. */
async function orLack<Result>(
  lacks: Lack[],
  work: () => Result | Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof EnvironmentFailure)) throw thrown;
    lacks.push({ what: thrown.message, cure: thrown.cure, needed: true });
    return undefined;
  }
}

/** Looks at all that rancc needs of the machine. Nothing is changed, nothing fetched. */
export async function diagnose(): Promise<DoctorReport> {
  const lacks: Lack[] = [];
  const platform = thisPlatform();
  const problem = platformProblem(platform);
  if (problem !== undefined) {
    lacks.push({ what: problem.message, cure: problem.cure, needed: true });
  }
  const flavour = await orLack(lacks, () => chosenFlavour());
  const status = nativeStatus();
  const installed = status.kind === 'ready' ? status.installed : undefined;
  if (status.kind === 'missing') {
    lacks.push({
      what: status.reason,
      cure: `run '${setupCommand()}'`,
      needed: true,
    });
  } else if (flavour !== undefined && status.installed.flavour !== flavour) {
    lacks.push({
      what: `RANCC_TENSORFLOW asks for ${flavour}, and ${status.installed.flavour} is installed`,
      cure: `run '${setupCommand()}'`,
      needed: false,
    });
  }
  if (lmdbLibrary() === undefined) {
    const cure = `run '${setupCommand()}'`;
    lacks.push({ what: lmdbMissing, cure, needed: true });
  }
  const devices =
    installed === undefined ? undefined : await orLack(lacks, deviceReport);

  const [npm, python, pip, compiler] = await Promise.all([
    npmVersion(),
    lookForPython(),
    lookForPip(),
    lookForCompiler(),
  ]);
  // Pip and the compiler are for the set-up; after it nothing calls them.
  const needed = installed === undefined;
  if (pip === undefined) {
    lacks.push({ what: 'pip is not on the PATH', cure: pipCure, needed });
  }
  if (compiler === undefined) {
    lacks.push({
      what: 'no C++ compiler is on the PATH',
      cure: compilerCure,
      needed,
    });
  }
  const folder = cacheFolder();
  return {
    versions: {
      rancc: ownVersion(),
      node: platform.node,
      npm,
      python,
      pip: pip?.version,
      compiler: compiler?.version,
      glibc: platform.glibc,
      tensorflow: devices?.tensorflow,
    },
    platform: `${platform.system} ${platform.processor}`,
    flavour,
    installed,
    devices,
    cache: {
      folder,
      size: await sizeOf(folder),
      contents: await readdir(folder).catch(() => []),
    },
    lacks,
  };
}
