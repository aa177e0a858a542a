import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { decodeDatum } from '../../../../../runtime/data/datum.js';
import { decodeImage } from '../../../../../runtime/data/images/decode-image.js';
import { resizeImage } from '../../../../../runtime/data/images/resize-image.js';

import {
  datumsOf,
  encodedIn,
  failureOf,
  listOf,
  withPlace,
} from './imported.js';
import { makeImageNet, recordsOf } from './public-sets.js';

describe('Import of ImageNet', () => {
  const encoded = { encoded: true } as const;

  it('keeps the bytes of the files, and lists them', () =>
    withPlace(async ({ from, to, run }) => {
      const sources = makeImageNet(from);
      const { parts, mean } = await run('imagenet', encoded);
      expect(parts.map(({ records }) => records)).to.eql([12, 4]);
      expect(mean).to.be.undefined;
      for (const name of ['train', 'val']) {
        const records = await recordsOf(join(to, `${name}_lmdb`));
        const lines = listOf(join(to, `${name}_list.txt`));
        expect(records).to.have.length(lines.length);
        for (const [i, { key, value }] of records.entries()) {
          const [path = '', label] = lines[i]?.split(' ') ?? [];
          const number = String(i).padStart(8, '0');
          expect(key).to.equal(`${number}_${path}`);
          expect(label).to.equal(path.startsWith('n01440764') ? '0' : '1');
          const datum = decodeDatum(value);
          expect(datum.label).to.equal(Number(label));
          const file = readFileSync(sources.get(path) ?? '');
          expect(file.equals(encodedIn(datum))).to.be.true;
        }
      }
      const classes = listOf(join(to, 'classes.txt'));
      expect(classes).to.eql(['n01440764', 'n01443537']);
    }));

  it('draws the order from the seed', () =>
    withPlace(async ({ from, to, run }) => {
      makeImageNet(from);
      const hashes: string[] = [];
      for (const seed of [1, 2, 1]) {
        await run('imagenet', { ...encoded, seed });
        const file = join(to, 'train_lmdb', 'data.mdb');
        const hash = createHash('sha256').update(readFileSync(file));
        hashes.push(hash.digest('hex'));
      }
      expect(hashes[2]).to.equal(hashes[0]);
      expect(hashes[1]).not.to.equal(hashes[0]);
      const lines = listOf(join(to, 'train_list.txt'));
      expect(lines).not.to.eql(lines.toSorted());
      expect(new Set(lines)).to.have.property('size', 12);
    }));

  it('resizes pixels as OpenCV does', () =>
    withPlace(async ({ from, to, run }) => {
      const sources = makeImageNet(from);
      await run('imagenet', { size: { kind: 'short-side', pixels: 20 } });
      const [record] = await recordsOf(join(to, 'val_lmdb'));
      const path = record?.key.slice(9) ?? '';
      const bytes = readFileSync(sources.get(path) ?? '');
      const image = resizeImage(await decodeImage(bytes, 'color'), 20, 20);
      const datum = decodeDatum(record?.value ?? new Uint8Array());
      if (!('image' in datum)) throw new Error('bytes');
      const planar = [0, 1, 2].flatMap((c) =>
        [...image.pixels].filter((_, i) => i % 3 === c),
      );
      expect(datum.image).to.deep.include({ height: 20, width: 20 });
      expect([...datum.image.pixels]).to.eql(planar);
    }));

  it('compresses what it resized', () =>
    withPlace(async ({ from, to, run }) => {
      makeImageNet(from);
      const size = { kind: 'exact', height: 24, width: 40 } as const;
      await run('imagenet', { ...encoded, size });
      const [datum] = await datumsOf(join(to, 'train_lmdb'));
      const image = await decodeImage(encodedIn(datum), 'unchanged');
      expect(image).to.deep.include({ height: 24, width: 40, channels: 3 });
    }));

  it('takes the labels of val from a list', () =>
    withPlace(async ({ from, to, run }) => {
      makeImageNet(from);
      const val = join(from, 'val');
      renameSync(join(val, 'n01440764', 'val_0.JPEG'), join(val, 'a b.JPEG'));
      rmSync(join(val, 'n01440764'), { recursive: true });
      rmSync(join(val, 'n01443537'), { recursive: true });
      const said = await failureOf(run('imagenet', encoded));
      expect(said).to.contain('val.txt: is missing');
      const list = join(from, 'val.txt');
      writeFileSync(list, 'a b.JPEG 2\n');
      const bad = await failureOf(run('imagenet', encoded));
      expect(bad).to.equal(`${list}:1: the label 2 is none of the 2 classes`);
      writeFileSync(list, 'a b.JPEG 1\n');
      await run('imagenet', encoded);
      const [record] = await recordsOf(join(to, 'val_lmdb'));
      expect(record?.key).to.equal('00000000_a b.JPEG');
      expect(listOf(join(to, 'val_list.txt'))).to.eql(['a b.JPEG 1']);
    }));

  it('finds broken pictures by name and number', () =>
    withPlace(async ({ from, to, run }) => {
      makeImageNet(from);
      const file = join(from, 'train', 'n01443537', 'train_2.JPEG');
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.subarray(0, bytes.length / 2));
      const said = await failureOf(run('imagenet', encoded));
      expect(said).to.match(/train_2\.JPEG, record \d+: the image/);
      expect(existsSync(to)).to.be.false;
      const { parts } = await run('imagenet', { ...encoded, skipBad: true });
      const [train] = parts;
      expect(train?.records).to.equal(11);
      expect(train?.skipped.map((one) => one.file)).to.eql([file]);
      const lines = listOf(join(to, 'train_list.txt'));
      const keys = (await recordsOf(join(to, 'train_lmdb'))).map((r) => r.key);
      expect(keys).to.eql(
        lines.map((line, i) => {
          const number = String(i).padStart(8, '0');
          return `${number}_${line.split(' ')[0] ?? ''}`;
        }),
      );
    }));

  it('refuses a class of val that train has not', () =>
    withPlace(async ({ from, run }) => {
      makeImageNet(from);
      mkdirSync(join(from, 'val', 'n09999999'));
      const said = await failureOf(run('imagenet', encoded));
      expect(said).to.contain('n09999999: is no class');
    }));

  it('leaves aside what is no picture by its name', () =>
    withPlace(async ({ from, run }) => {
      makeImageNet(from);
      writeFileSync(join(from, 'val', 'n01440764', 'readme.txt'), 'words');
      const { parts, leftAside } = await run('imagenet', encoded);
      expect(leftAside).to.equal(1);
      expect(parts[1]?.records).to.equal(4);
    }));

  it('refuses a folder without classes', () =>
    withPlace(async ({ from, run }) => {
      const said = await failureOf(run('imagenet', encoded));
      expect(said).to.contain('train: there is no such folder');
      mkdirSync(join(from, 'train'));
      const empty = await failureOf(run('imagenet', encoded));
      expect(empty).to.contain('has no folders of classes');
    }));
});
