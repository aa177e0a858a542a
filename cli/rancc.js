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

try {
  const { main } = await load();
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  const [problem, cure] = lack(thrown) ?? [];
  if (problem === undefined) throw thrown;
  process.stderr.write(`error: ${problem}\n  cure: ${cure}\n`);
  process.exitCode = 3;
}
