import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { createDatabase } from '../../runtime/data/databases/open-database.js';
import { decodeImage } from '../../runtime/data/images/decode-image.js';

import { withTemporaryFolder } from '../support/temporary-folder.js';
import { documentIn, rancc, reference } from './rancc-process.js';

describe('rancc db show', function () {
  this.timeout(60_000);

  it('prints labels with their names, and writes a sheet', () =>
    withTemporaryFolder(async (folder) => {
      const sheet = join(folder, 'sheet.png');
      const said = await rancc(
        ...['db', 'show', reference('data/test_lmdb')],
        ...['--classes', reference('data/classes.txt')],
        ...['--sheet', sheet, '--samples', '9'],
      );
      expect(said.status, said.stderr).to.equal(0);
      expect(said.stdout).to.match(/records +1,000, /);
      expect(said.stdout).to.match(/1 +100 +automobile/);
      const { height, width } = await decodeImage(readFileSync(sheet), 'color');
      expect([height, width]).to.eql([104, 104]);
    }));

  it('gives a document', async () => {
    const database = reference('data/png_lmdb');
    const said = await rancc('db', 'show', database, '--json');
    expect(documentIn(said)).to.deep.include({
      database,
      backend: 'LMDB',
      records: 64,
      kinds: { png: 64 },
      shapes: [{ shape: [3, 32, 32], images: 64 }],
      bad: [],
    });
  });

  it('ends with 1 where a record is bad', () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'db');
      const writer = await createDatabase(path, 'LEVELDB');
      await writer.put('key', Buffer.from('no Datum'));
      await writer.close();
      const said = await rancc('db', 'show', path);
      expect(said.status).to.equal(1);
      expect(said.stdout).to.contain("bad: record 0, key 'key': the Datum");
    }));

  it('looks into HDF5 files, without a sheet', () =>
    withTemporaryFolder(async (folder) => {
      const file = reference('data/hdf5/part1.h5');
      const said = await rancc('db', 'show', file, '--json');
      expect(documentIn(said)).to.deep.include({
        datasets: [
          { name: 'data', shape: [24, 3, 32, 32], type: 'float32' },
          { name: 'label', shape: [24, 1, 1, 1], type: 'float32' },
        ],
      });
      const sheet = join(folder, 'sheet.png');
      const refused = await rancc('db', 'show', file, '--sheet', sheet);
      expect(refused.status).to.equal(2);
      expect(existsSync(sheet)).to.be.false;
    }));
});
