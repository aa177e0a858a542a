import {
  existsSync,
  mkdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import {
  cacheFolder,
  finishArtefact,
  inspectArtefact,
  sha256OfFile,
} from '../../../runtime/native/cache.js';

import { withTemporaryFolder } from '../../support/temporary-folder.js';

async function makeArtefact(folder: string): Promise<string> {
  const partial = join(folder, 'a.partial');
  const artefact = join(folder, 'a');
  mkdirSync(partial);
  writeFileSync(join(partial, 'library.so'), 'bytes');
  const sha256 = await sha256OfFile(join(partial, 'library.so'));
  await finishArtefact(partial, artefact, { what: 'a test' }, [
    { path: 'library.so', sha256 },
  ]);
  return artefact;
}

const later = new Date(Date.now() + 10_000);

describe('The cache of native files', () => {
  it('is where XDG says, for every clone the same', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/c' })).to.equal('/c/rancc');
    expect(cacheFolder({})).to.match(/\/\.cache\/rancc$/);
    // The specification calls relative paths invalid.
    expect(cacheFolder({ XDG_CACHE_HOME: 'c' })).to.match(/\/\.cache\/rancc$/);
  });

  it('knows an artefact as whole only once it was finished', () =>
    withTemporaryFolder(async (folder) => {
      const artefact = await makeArtefact(folder);
      expect((await inspectArtefact(artefact)).kind).to.equal('good');
      expect(existsSync(join(folder, 'a.partial'))).to.equal(false);
      rmSync(join(artefact, 'manifest.json'));
      expect((await inspectArtefact(artefact)).kind).to.equal('absent');
      writeFileSync(join(artefact, 'manifest.json'), '{"format": 1');
      expect((await inspectArtefact(artefact)).kind).to.equal('absent');
    }));

  it('finds files that are gone, longer or shorter', () =>
    withTemporaryFolder(async (folder) => {
      const artefact = await makeArtefact(folder);
      writeFileSync(join(artefact, 'library.so'), 'more bytes');
      expect(await inspectArtefact(artefact)).to.deep.equal({
        kind: 'damaged',
        reason: 'library.so has another size',
      });
      rmSync(join(artefact, 'library.so'));
      expect(await inspectArtefact(artefact)).to.deep.equal({
        kind: 'damaged',
        reason: 'library.so is missing',
      });
    }));

  it('hashes again what was touched, and remembers that it was good', () =>
    withTemporaryFolder(async (folder) => {
      const artefact = await makeArtefact(folder);
      const library = join(artefact, 'library.so');
      utimesSync(library, later, later);
      const state = await inspectArtefact(artefact);
      expect(state.kind).to.equal('good');
      expect(await inspectArtefact(artefact)).to.deep.equal(state);
      writeFileSync(library, 'BYTES');
      expect((await inspectArtefact(artefact)).kind).to.equal('damaged');
    }));

  it('sees other bytes behind the same size and time when told to be thorough', () =>
    withTemporaryFolder(async (folder) => {
      const artefact = await makeArtefact(folder);
      const library = join(artefact, 'library.so');
      utimesSync(library, later, later);
      await inspectArtefact(artefact);
      writeFileSync(library, 'BYTES');
      utimesSync(library, later, later);
      expect((await inspectArtefact(artefact)).kind).to.equal('good');
      expect((await inspectArtefact(artefact, true)).kind).to.equal('damaged');
    }));
});
