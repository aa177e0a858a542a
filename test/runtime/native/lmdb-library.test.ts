import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { cacheFolder } from '../../../runtime/native/cache.js';
import { EnvironmentFailure } from '../../../runtime/native/failure.js';
import {
  installLmdb,
  requireLmdbLibrary,
} from '../../../runtime/native/lmdb-library.js';
import { silentProgress } from '../../../runtime/native/progress.js';
import { requireCompiler } from '../../../runtime/native/tools.js';

import { requireNative } from '../../support/require-native.js';
import { withTemporaryFolder } from '../../support/temporary-folder.js';

describe("LMDB's library", () => {
  before(function () {
    requireNative(this);
  });

  it('is in place after the set-up', () => {
    expect(statSync(requireLmdbLibrary()).size).to.be.greaterThan(50_000);
  });

  it('is not compiled by a compiler that fails, and leaves nothing', () =>
    withTemporaryFolder(async (cache) => {
      const compiler = { program: 'false', version: 'one that fails' };
      try {
        await installLmdb(cache, compiler, silentProgress, false);
        throw new Error('it was compiled');
      } catch (thrown) {
        if (!(thrown instanceof EnvironmentFailure)) throw thrown;
        expect(thrown.message).to.contain('LMDB could not be compiled');
        expect(thrown.cure).to.contain('CXX names it');
      }
      expect(readdirSync(cache)).to.eql([]);
    }));

  it('is compiled once for a compiler, into the cache', async () => {
    const compiler = await requireCompiler();

    const stages: string[] = [];
    const progress = {
      ...silentProgress,
      begin: (title: string) => {
        stages.push(title);
        return silentProgress.begin(title);
      },
    };
    await installLmdb(cacheFolder(), compiler, progress, true);
    await installLmdb(cacheFolder(), compiler, progress, true);
    expect(stages.length).to.be.lessThan(2);
    const kept = readdirSync(cacheFolder()).filter((name) =>
      name.startsWith('lmdb-'),
    );
    expect(kept).not.to.eql([]);
    expect(requireLmdbLibrary()).to.match(
      new RegExp(`${join('deps-rancc', 'liblmdb.so')}$`),
    );
  });
});
