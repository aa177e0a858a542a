import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';

import { packageRoot } from '../../runtime/package-root.js';

const imports =
  /^(?:import|export)(?! type)[^;]*?from '([^']+)'|^import '([^']+)'/gm;

/** The modules that are loaded before anything is asked for: static imports, followed. */
function loadedBy(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = readFileSync(path, 'utf8');
  if (path.endsWith('x') && /<[A-Z]\w*( \w+=| ?\/>)/.test(text))
    seen.add('react/jsx-runtime');
  for (const [, from, bare] of text.matchAll(imports)) {
    const name = from ?? bare ?? '';
    if (!name.startsWith('.')) {
      seen.add(name);
      continue;
    }
    const stem = join(dirname(path), name.replace(/\.js$/, ''));
    const file = [`${stem}.ts`, `${stem}.tsx`].find((each) => existsSync(each));
    if (file !== undefined) loadedBy(file, seen);
  }
  return seen;
}

describe('The start of rancc', () => {
  it('loads no package but commander, and little of its own', () => {
    const loaded = [...loadedBy(join(packageRoot(), 'cli', 'main.tsx'))];
    const packages = loaded.filter(
      (name) => !name.startsWith('/') && !name.startsWith('node:'),
    );
    expect(packages).to.eql(['commander']);
    expect(loaded.some((name) => name.includes('compiler/schema'))).to.equal(
      false,
    );
    expect(loaded.length).to.be.lessThan(65);
  });
});
