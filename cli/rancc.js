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
  register();
  return import(pathToFileURL(source).href);
}

try {
  const { main } = await load();
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  if (
    thrown?.code !== 'ERR_MODULE_NOT_FOUND' ||
    existsSync(join(root, 'node_modules'))
  ) {
    throw thrown;
  }
  process.stderr.write(
    `error: the npm packages are not installed\n  cure: run 'bash ${join(root, 'scripts', 'setup.sh')}'\n`,
  );
  process.exitCode = 3;
}
