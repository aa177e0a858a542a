import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';

import { prototxtFiles } from '../../prototxts/prototxt-files.js';

const root = new URL('../../', import.meta.url);

describe('The prototxts kept in the project', () => {
  for (const { path, text } of prototxtFiles()) {
    it(`${path} is what the generator writes`, () => {
      const kept = readFileSync(new URL(path, root), 'utf8');
      // Not `equal` on the texts: a difference of thousands of lines tells nothing.
      expect(kept === text, 'stale: run `npm run generate`').to.equal(true);
    });
  }

  it('are no others than those that the generator writes', () => {
    const kept = readdirSync(new URL('prototxts/', root), {
      encoding: 'utf8',
      recursive: true,
    })
      .filter((path) => path.endsWith('.prototxt'))
      .map((path) => `prototxts/${path}`);
    expect(kept.sort()).to.deep.equal(
      prototxtFiles()
        .map(({ path }) => path)
        .sort(),
    );
  });
});
