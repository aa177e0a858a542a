import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { decodeImage } from '../../../../../runtime/data/images/decode-image.js';
import { resizeImage } from '../../../../../runtime/data/images/resize-image.js';
import { meanOfDatabase } from '../../../../../runtime/data/tools/mean.js';
import { meanBytes } from '../../../../../runtime/data/tools/mean-bytes.js';

import {
  datumsOf,
  encodedIn,
  failureOf,
  listOf,
  withPlace,
} from './imported.js';
import {
  cifarPixels,
  cifarRecord,
  makeCifar10,
  makeCifar100,
  recordsOf,
} from './public-sets.js';

describe('Import of CIFAR', () => {
  it('writes the records that convert_imageset would, in their order', () =>
    withPlace(async ({ from, to, run }) => {
      makeCifar10(from);
      const { parts } = await run('cifar10');
      expect(parts).to.eql([
        { database: 'train_lmdb', records: 10, skipped: [] },
        { database: 'test_lmdb', records: 2, skipped: [] },
      ]);
      const records = await recordsOf(join(to, 'train_lmdb'));
      expect(records.map(({ key }) => key)).to.eql(
        Array.from({ length: 10 }, (_, i) => `0000000${i}`),
      );
      // channels 3, height 32, width 32, data B G R, label, not encoded
      const [red, green, blue] = cifarPixels(7);
      const expected = Buffer.concat([
        Buffer.from('080310201820228018', 'hex'),
        ...[blue, green, red].map((one) => one ?? new Uint8Array()),
        Buffer.from('28073800', 'hex'),
      ]);
      expect(Buffer.from(records[7]?.value ?? []).equals(expected)).to.be.true;
    }));

  it('writes the mean that compute_image_mean would, and the classes', () =>
    withPlace(async ({ from, to, run }) => {
      makeCifar10(from);
      await run('cifar10');
      const database = join(to, 'train_lmdb');
      const { image } = await meanOfDatabase(database, 'LMDB', () => undefined);
      const written = readFileSync(join(to, 'mean.binaryproto'));
      expect(written.equals(meanBytes(image))).to.be.true;
      const classes = listOf(join(to, 'classes.txt'));
      expect(classes).to.have.length(10);
      expect(classes[3]).to.equal('class3');
    }));

  it('takes the fine label of CIFAR-100', () =>
    withPlace(async ({ from, to, run }) => {
      makeCifar100(from);
      await run('cifar100');
      const [train, test] = await Promise.all([
        datumsOf(join(to, 'train_lmdb')),
        datumsOf(join(to, 'test_lmdb')),
      ]);
      expect(train.map(({ label }) => label)).to.eql([97, 98, 99]);
      expect(test.map(({ label }) => label)).to.eql([42]);
      expect(listOf(join(to, 'classes.txt'))[99]).to.equal('fine99');
    }));

  it('makes a LevelDB with the same records', () =>
    withPlace(async ({ from, to, run }) => {
      makeCifar10(from);
      await run('cifar10');
      const lmdb = await recordsOf(join(to, 'train_lmdb'));
      await run('cifar10', { backend: 'LEVELDB' });
      expect(readdirSync(to)).to.include('train_leveldb');
      expect(readdirSync(to)).not.to.include('train_lmdb');
      expect(await recordsOf(join(to, 'train_leveldb'))).to.eql(lmdb);
    }));

  it('encodes without loss, and resizes', () =>
    withPlace(async ({ from, to, run }) => {
      makeCifar10(from);
      await run('cifar10');
      const [first] = await datumsOf(join(to, 'train_lmdb'));
      const mean = readFileSync(join(to, 'mean.binaryproto'));
      await run('cifar10', { encoded: true });
      const [encoded] = await datumsOf(join(to, 'train_lmdb'));
      const decoded = await decodeImage(encodedIn(encoded), 'unchanged');
      if (first === undefined || !('image' in first)) throw new Error('bytes');
      const planar = [0, 1, 2].flatMap((c) =>
        [...decoded.pixels].filter((_, i) => i % 3 === c),
      );
      expect(planar).to.eql([...first.image.pixels]);
      expect(readFileSync(join(to, 'mean.binaryproto')).equals(mean)).to.be
        .true;
      await run('cifar10', { size: { kind: 'exact', height: 20, width: 24 } });
      const [small] = await datumsOf(join(to, 'train_lmdb'));
      expect(small).to.eql({
        label: 0,
        image: resizeImage(first.image, 20, 24),
      });
    }));

  it('tells how far it is', () =>
    withPlace(async ({ from, run }) => {
      makeCifar10(from);
      const told: unknown[] = [];
      await run('cifar10', { progress: (...what) => told.push(what) });
      expect(told.at(-1)).to.eql(['importing test', 2, 2]);
      expect(told).to.deep.include(['importing train', 10, 10]);
    }));

  it('refuses what is missing, and writes nothing', () =>
    withPlace(async ({ from, to, run }) => {
      makeCifar10(from);
      rmSync(join(from, 'data_batch_4.bin'));
      const said = await failureOf(run('cifar10'));
      expect(said).to.contain('data_batch_4.bin: is missing');
      expect(existsSync(to)).to.be.false;
    }));

  it('refuses a class that there is not, and a file that is cut off', () =>
    withPlace(async ({ from, to, run }) => {
      makeCifar10(from);
      const file = join(from, 'data_batch_2.bin');
      appendFileSync(file, cifarRecord([10], 0));
      appendFileSync(file, 'rest');
      const said = await failureOf(run('cifar10'));
      expect(said).to.equal(
        `${file}, record 4: the label 10 is none of the 10 classes`,
      );
      expect(existsSync(to)).to.be.false;
      const { parts } = await run('cifar10', { skipBad: true });
      expect(parts[0]?.records).to.equal(10);
      expect(parts[0]?.skipped.map(({ problem }) => problem)).to.eql([
        'the label 10 is none of the 10 classes',
        'the file is cut off: its last record has 4 bytes',
      ]);
      const records = await recordsOf(join(to, 'train_lmdb'));
      expect(records.at(-1)?.key).to.equal('00000009');
    }));

  it('refuses names of another number of classes', () =>
    withPlace(async ({ from, run }) => {
      makeCifar10(from);
      writeFileSync(join(from, 'batches.meta.txt'), 'airplane\n');
      const said = await failureOf(run('cifar10'));
      expect(said).to.contain('has 1 names for 10 classes');
    }));

  it('replaces nothing that it did not write', () =>
    withPlace(async ({ from, to, run }) => {
      makeCifar10(from);
      mkdirSync(to);
      writeFileSync(join(to, 'mine.txt'), 'mine');
      expect(await failureOf(run('cifar10'))).to.contain('did not write it');
      expect(readFileSync(join(to, 'mine.txt'), 'utf8')).to.equal('mine');
    }));
});
