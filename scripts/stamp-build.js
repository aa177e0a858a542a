// Brackets a build: `--begin` before tsc notes the time, without it after tsc the stamp is
// written; `--check` says by its status whether dist/ is newer than the sources.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  forEachSource,
  isBuildCurrent,
  sourceFolders,
  stampName,
} from '../cli/build-stamp.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, stampName);
const begun = join(root, 'dist', 'build-begun.json');

/** What tsc leaves behind: declarations that are sources already, and C++. */
function copyTheRest() {
  for (const folder of sourceFolders) {
    if (!existsSync(join(root, folder))) continue;
    for (const entry of readdirSync(join(root, folder), { recursive: true })) {
      if (!/\.(d\.ts|cc)$/.test(entry)) continue;
      copyFileSync(
        join(root, folder, entry),
        join(root, 'dist', folder, entry),
      );
    }
  }
}

/** Outputs whose source is gone would still be imported, and packed. */
function removeOrphans() {
  const wanted = new Set();
  forEachSource(root, (path) => {
    const name = path.slice(root.length + 1).replace(/\.tsx?$/, '');
    for (const end of ['.js', '.js.map', '.d.ts']) wanted.add(name + end);
  });
  const dist = join(root, 'dist');
  for (const folder of sourceFolders) {
    if (!existsSync(join(dist, folder))) continue;
    for (const entry of readdirSync(join(dist, folder), { recursive: true })) {
      const name = `${folder}/${entry}`;
      const isOutput = /\.(js|js\.map|d\.ts)$/.test(name);
      if (isOutput && !wanted.has(name)) rmSync(join(dist, name));
    }
  }
}

if (process.argv.includes('--check')) {
  process.exitCode = isBuildCurrent(root) ? 0 : 1;
} else if (process.argv.includes('--begin')) {
  mkdirSync(dirname(begun), { recursive: true });
  // No stamp while the build runs: half of it must not pass for the whole.
  rmSync(stamp, { force: true });
  writeFileSync(begun, JSON.stringify({ began: Date.now() }));
} else {
  // A source that changed while tsc ran is newer than the beginning, so it counts.
  const { began } = existsSync(begun)
    ? JSON.parse(readFileSync(begun, 'utf8'))
    : { began: Date.now() };
  rmSync(begun, { force: true });
  removeOrphans();
  copyTheRest();
  writeFileSync(stamp, JSON.stringify({ began }));
}
