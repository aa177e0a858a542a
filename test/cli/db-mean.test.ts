import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { readMeanFile } from '../../runtime/data/transform/mean-file.js';

import { withTemporaryFolder } from '../support/temporary-folder.js';
import { documentIn, rancc, reference } from './rancc-process.js';

const database = reference('data/leveldb');

describe('rancc db mean', function () {
  this.timeout(60_000);

  it('writes the mean and prints that of each channel', () =>
    withTemporaryFolder(async (folder) => {
      const file = join(folder, 'mean.binaryproto');
      const said = await rancc('db', 'mean', database, file);
      expect(said.status, said.stderr).to.equal(0);
      expect(said.stdout).to.contain('Number of channels: 3\n');
      expect(said.stdout).to.contain('mean_value channel [0]: 116.48\n');
      expect(readMeanFile(file).mean?.data).to.have.length(3 * 32 * 32);
    }));

  it('gives a document', async () => {
    const said = await rancc('db', 'mean', database, '--json');
    expect(documentIn(said)).to.deep.include({
      database,
      file: null,
      images: 64,
      decoded: false,
      shape: [3, 32, 32],
    });
  });

  it('leaves a mean as it was where the database is none', () =>
    withTemporaryFolder(async (folder) => {
      const file = join(folder, 'mean.binaryproto');
      const first = await rancc('db', 'mean', database, file);
      expect(first.status, first.stderr).to.equal(0);
      const before = readFileSync(file);
      const said = await rancc('db', 'mean', folder, file);
      expect(said.status).to.equal(1);
      expect(said.stderr).to.contain('is no database');
      expect(readFileSync(file).equals(before)).to.be.true;
    }));

  it('refuses a backend that it is not', async () => {
    const said = await rancc('db', 'mean', database, '--backend', 'lmdb');
    expect(said.status).to.equal(1);
    expect(said.stderr).to.contain('is a LevelDB, not an LMDB');
    expect(existsSync(join(database, 'LOCK'))).to.be.false;
  });
});
