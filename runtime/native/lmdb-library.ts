import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import {
  mkdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { finishArtefact, inspectArtefact, sha256OfFile } from './cache.js';
import { lastLines, runCommand } from './command.js';
import { EnvironmentFailure } from './failure.js';
import type { Progress } from './progress.js';
import { setupCommand } from './status.js';
import type { Compiler } from './tools.js';

/** The LMDB that Caffe's databases are made with: data format 1. */
export const lmdbName = 'liblmdb.so';

const sources = ['mdb.c', 'midl.c'];

/** Of the npm package whose sources the library is compiled from; its own binary has another format. */
function lmdbPackage(): string | undefined {
  const { resolve } = createRequire(import.meta.url);
  try {
    // dist/index.cjs
    return dirname(dirname(resolve('lmdb')));
  } catch {
    return undefined;
  }
}

const sourceFolder = (npmPackage: string): string =>
  join(npmPackage, 'dependencies/lmdb-data-v1/libraries/liblmdb');

const placeIn = (npmPackage: string): string =>
  join(npmPackage, 'deps-rancc', lmdbName);

/** Compiles liblmdb into the cache, where it is not there yet, and links it into the npm package. */
export async function installLmdb(
  cache: string,
  compiler: Compiler,
  progress: Progress,
  thorough: boolean,
): Promise<void> {
  const npmPackage = lmdbPackage();
  if (npmPackage === undefined) {
    throw new EnvironmentFailure(
      'the npm package lmdb is not installed',
      "run 'npm ci' in rancc's folder, then the set-up again",
    );
  }
  const from = sourceFolder(npmPackage);
  const hash = createHash('sha256').update(compiler.version);
  for (const name of [...sources, 'lmdb.h', 'midl.h']) {
    hash.update(await readFile(join(from, name)));
  }
  const folder = join(cache, `lmdb-${hash.digest('hex').slice(0, 12)}`);
  if ((await inspectArtefact(folder, thorough)).kind !== 'good') {
    await build(from, folder, compiler, progress);
  }
  await link(join(folder, lmdbName), placeIn(npmPackage));
}

async function build(
  from: string,
  folder: string,
  compiler: Compiler,
  progress: Progress,
): Promise<void> {
  const partial = `${folder}.partial-${process.pid}`;
  await mkdir(partial, { recursive: true });
  const stage = progress.begin('Compiling LMDB');
  try {
    const target = join(partial, lmdbName);
    const said = await runCommand(compiler.program, [
      ...['-O2', '-fPIC', '-shared', '-w'],
      // The compiler is one of C++, which has to be told so before each file.
      ...sources.flatMap((name) => ['-x', 'c', join(from, name)]),
      ...['-lpthread', '-o', target],
    ]);
    if (said.status !== 0) {
      throw new EnvironmentFailure(
        `LMDB could not be compiled; ${compiler.program} said:\n${lastLines(said.stderr, 12)}`,
        `use another compiler (CXX names it; this one is ${compiler.version}), then run the set-up again`,
      );
    }
    const sha256 = await sha256OfFile(target);
    const contents = { lmdb: '0.9', compiler: compiler.version };
    await finishArtefact(partial, folder, contents, [
      { path: lmdbName, sha256 },
    ]);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  stage.end();
}

async function link(target: string, path: string): Promise<void> {
  if ((await readlink(path).catch(() => undefined)) === target) return;
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}`;
  await rm(beside, { force: true });
  await symlink(target, beside);
  await rename(beside, path);
}

/** The compiled library; undefined where the set-up has not made it, or the cache is gone. */
export function lmdbLibrary(): string | undefined {
  const npmPackage = lmdbPackage();
  if (npmPackage === undefined) return undefined;
  const path = placeIn(npmPackage);
  return existsSync(path) && statSync(path).size > 0 ? path : undefined;
}

export const lmdbMissing = 'the library of LMDB is not compiled';

/** Throws, with the cure, where the library is not in place. */
export function requireLmdbLibrary(): string {
  const path = lmdbLibrary();
  if (path !== undefined) return path;
  throw new EnvironmentFailure(lmdbMissing, `run '${setupCommand()}'`);
}
