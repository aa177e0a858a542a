import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

import { packageRoot } from '../package-root.js';
import { EnvironmentFailure } from './failure.js';
import {
  type FlavourName,
  isFlavourName,
  libraries,
  tensorflowVersion,
} from './versions.js';

/** Written into the npm package last, when all of it is in place. */
export interface Installed {
  readonly flavour: FlavourName;
  readonly tensorflow: string;
  readonly tfjs: string;
  readonly compiler: string;
  /** Paths inside the npm package's folder, with the sizes they had. */
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

export const installedName = 'deps/rancc-installed.json';

/** The command that mends whatever is missing. */
export function setupCommand(): string {
  const root = packageRoot();
  const script = join(root, 'scripts', 'setup.sh');
  if (existsSync(script)) {
    const short = relative(process.cwd(), script);
    return `bash ${short.startsWith('..') ? script : short}`;
  }
  // Installed from a package, which has no scripts.
  return 'npx rancc setup';
}

export type NativeStatus =
  | { readonly kind: 'ready'; readonly installed: Installed }
  | { readonly kind: 'missing'; readonly reason: string };

const missing = (reason: string): NativeStatus => ({ kind: 'missing', reason });

function readInstalled(path: string): Installed | undefined {
  try {
    const written = JSON.parse(readFileSync(path, 'utf8')) as Installed;
    return isFlavourName(written.flavour) ? written : undefined;
  } catch {
    return undefined;
  }
}

/** Is the native library in place? A few looks at files, nothing is loaded. */
export function nativeStatus(): NativeStatus {
  let folder: string;
  let version: string;
  try {
    const manifest = createRequire(import.meta.url).resolve(
      '@tensorflow/tfjs-node-gpu/package.json',
    );
    folder = dirname(manifest);
    ({ version } = JSON.parse(readFileSync(manifest, 'utf8')) as {
      version: string;
    });
  } catch {
    return missing(
      'the npm package @tensorflow/tfjs-node-gpu is not installed',
    );
  }
  const installed = readInstalled(join(folder, installedName));
  if (installed === undefined) {
    return missing("TensorFlow's native library is not installed");
  }
  if (
    installed.tensorflow !== tensorflowVersion ||
    installed.tfjs !== version
  ) {
    return missing(
      `the native library is of another version: TensorFlow ${installed.tensorflow} with tfjs ${installed.tfjs}, wanted ${tensorflowVersion} with ${version}`,
    );
  }
  for (const file of installed.files) {
    const found = statSync(join(folder, file.path), { throwIfNoEntry: false });
    if (found === undefined) return missing(`${file.path} is gone`);
    if (found.size !== file.size) {
      return missing(`${file.path} has another size than was installed`);
    }
  }
  const complete = libraries.every((name) =>
    installed.files.some((file) => file.path.endsWith(name)),
  );
  return complete
    ? { kind: 'ready', installed }
    : missing("a part of TensorFlow's native library is missing");
}

/** Throws, with the cure, where the native library is not in place. */
export function requireNative(): Installed {
  const status = nativeStatus();
  if (status.kind === 'ready') return status.installed;
  throw new EnvironmentFailure(status.reason, `run '${setupCommand()}'`);
}
