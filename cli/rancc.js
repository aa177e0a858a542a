#!/usr/bin/env node
// Runs dist/ where it is newer than the sources, else the sources: no build step to remember.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isBuildCurrent } from './build-stamp.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

async function load() {
  const built = join(root, 'dist', 'cli', 'main.js');
  const source = join(root, 'cli', 'main.tsx');
  if (isBuildCurrent(root) || !existsSync(source)) {
    return import(pathToFileURL(built).href);
  }
  const { register } = await import('tsx/esm/api');
  // Whatever folder it is called in: without its own settings JSX means something else.
  const settings = join(root, 'tsconfig.json');
  register(existsSync(settings) ? { tsconfig: settings } : {});
  return import(pathToFileURL(source).href);
}

/**
 * The C library (glibc) gives each thread a heap of its own, in pieces of 64 MB. Tensors of
 * some MB leave much of each empty: a training held 5 to 15 % more (docs/benchmarks.md). These
 * variables are read before a program begins.
 */
const oneHeap = {
  MALLOC_ARENA_MAX: '1',
  // With less, large tensors are memory that the system clears anew: twice the time of a step.
  MALLOC_MMAP_THRESHOLD_: '33554432',
  MALLOC_TRIM_THRESHOLD_: '4294967295',
};

/** F_SETFD of fcntl.h: Node has its streams closed when a program begins. */
const setDescriptorFlags = 2;

/**
 * `train` begins anew with one heap, as the same process: same number, streams and terminal.
 * It goes on as it is where the user has set the allocator, or where that cannot be done.
 */
async function useOneHeap(args) {
  const { argv, env, execArgv, execPath, platform } = process;
  const isSet = Object.keys(oneHeap).some((name) => env[name] !== undefined);
  if (args[0] !== 'train' || platform !== 'linux' || isSet) return;
  try {
    const { default: koffi } = await import('koffi');
    const library = koffi.load(null);
    const fcntl = library.func('int fcntl(int descriptor, int command, ...)');
    const execve = library.func(
      'int execve(const char *file, const char **argv, const char **envp)',
    );
    for (const stream of [0, 1, 2]) fcntl(stream, setDescriptorFlags, 'int', 0);
    const variables = Object.entries({ ...env, ...oneHeap });
    execve(
      execPath,
      [execPath, ...execArgv, argv[1], ...args, null],
      [...variables.map(([name, value]) => `${name}=${value}`), null],
    );
  } catch {
    // Only memory is lost.
  }
}

/** What is missing and how to mend it, if that is why rancc cannot be loaded. */
function lack(thrown) {
  if (thrown?.code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  const isClone = existsSync(join(root, 'cli', 'main.tsx'));
  if (isClone && !existsSync(join(root, 'node_modules'))) {
    return [
      'the npm packages are not installed',
      `run 'bash ${join(root, 'scripts', 'setup.sh')}'`,
    ];
  }
  return isClone || existsSync(join(root, 'dist', 'cli', 'main.js'))
    ? undefined
    : [
        'this package was packed before rancc was built',
        "run 'npm run build' in the clone, then 'npm pack' and install it again",
      ];
}

const args = process.argv.slice(2);
await useOneHeap(args);

try {
  const { main } = await load();
  process.exitCode = await main(args);
} catch (thrown) {
  const [problem, cure] = lack(thrown) ?? [];
  if (problem === undefined) throw thrown;
  process.stderr.write(`error: ${problem}\n  cure: ${cure}\n`);
  process.exitCode = 3;
}
