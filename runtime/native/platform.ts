import { EnvironmentFailure } from './failure.js';
import { leastGlibc, leastNode } from './versions.js';

/** What of the machine decides whether the library can run on it. */
export interface Platform {
  readonly system: string;
  readonly processor: string;
  /** Undefined where the C library is another one (Alpine's musl). */
  readonly glibc: string | undefined;
  readonly node: string;
}

export function thisPlatform(): Platform {
  const report = process.report.getReport() as unknown as {
    readonly header?: { readonly glibcVersionRuntime?: string };
  };
  return {
    system: process.platform,
    processor: process.arch,
    glibc: report.header?.glibcVersionRuntime,
    node: process.versions.node,
  };
}

/** Compares versions like 2.36 and 2.4 number by number. */
export function isOlder(version: string, least: string): boolean {
  const parts = (text: string): readonly number[] =>
    text.split('.').map((part) => Number.parseInt(part, 10));
  const [have, need] = [parts(version), parts(least)];
  for (const [place, wanted] of need.entries()) {
    const found = have[place] ?? 0;
    if (found !== wanted) return found < wanted;
  }
  return false;
}

/** Says why the library cannot run here, or nothing. */
export function platformProblem(
  platform: Platform,
): EnvironmentFailure | undefined {
  if (isOlder(platform.node, leastNode)) {
    return new EnvironmentFailure(
      `Node ${platform.node} is too old: rancc needs ${leastNode} or newer`,
      'install a newer Node.js, then run the set-up again',
    );
  }
  if (platform.system !== 'linux' || platform.processor !== 'x64') {
    return new EnvironmentFailure(
      `TensorFlow's library is fetched for Linux on x64 only, and this is ${platform.system} on ${platform.processor}`,
      'use a Linux x64 machine, virtual machine or container; compiling nets without weights works everywhere',
    );
  }
  if (platform.glibc === undefined) {
    return new EnvironmentFailure(
      'the C library here is not glibc (Alpine Linux has musl), which TensorFlow needs',
      'use a distribution with glibc, such as Debian, Ubuntu or Fedora',
    );
  }
  if (isOlder(platform.glibc, leastGlibc)) {
    return new EnvironmentFailure(
      `glibc ${platform.glibc} is too old: TensorFlow needs ${leastGlibc} or newer`,
      'use a newer release of the distribution (Debian 10, Ubuntu 18.04, Fedora 27 or later)',
    );
  }
  return undefined;
}
