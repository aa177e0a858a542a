// When was dist/ built, and is it newer than the sources? Plain JavaScript, for the launcher
// asks at every start, before anything else is loaded, and the set-up before dist/ exists.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The folders that are compiled into dist/. */
export const sourceFolders = [
  'grammar',
  'compiler',
  'runtime',
  'prototxts',
  'cli',
];

export const stampName = join('dist', 'build-stamp.json');

const isSource = (name) => /\.(tsx?|cc)$/.test(name) && !name.endsWith('.d.ts');

/** Calls `visit` with the path of every source file under `root`. */
export function forEachSource(root, visit) {
  const walk = (folder) => {
    let entries;
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch {
      return; // A packed install has no sources.
    }
    for (const entry of entries) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (isSource(entry.name)) visit(path);
    }
  };
  for (const folder of sourceFolders) walk(join(root, folder));
}

/** True where no source changed since the build began, or there are no sources. */
export function isBuildCurrent(root) {
  let began;
  try {
    ({ began } = JSON.parse(readFileSync(join(root, stampName), 'utf8')));
  } catch {
    return false;
  }
  let current = true;
  forEachSource(root, (path) => {
    if (current && statSync(path).mtimeMs > began) current = false;
  });
  return current;
}
