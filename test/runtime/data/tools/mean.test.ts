import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import {
  type Backend,
  createDatabase,
} from '../../../../runtime/data/databases/open-database.js';
import { encodeDatum } from '../../../../runtime/data/datum.js';
import type { RawImage } from '../../../../runtime/data/raw-image.js';
import {
  channelMeans,
  type DatabaseMean,
  meanOfDatabase,
} from '../../../../runtime/data/tools/mean.js';
import { meanBytes } from '../../../../runtime/data/tools/mean-bytes.js';
import { readMeanFile } from '../../../../runtime/data/transform/mean-file.js';
import { packageRoot } from '../../../../runtime/package-root.js';

import { referenceFolder } from '../../../support/reference.js';
import { withTemporaryFolder } from '../../../support/temporary-folder.js';

const data = join(packageRoot(), 'test', 'reference', 'data');
const nobody = (): void => undefined;

const meanOf = (name: string, backend?: Backend): Promise<DatabaseMean> =>
  meanOfDatabase(join(data, name), backend, nobody);

const planar = (
  shape: readonly [number, number, number],
  pixels: Uint8Array | Float32Array,
): RawImage => {
  const [channels, height, width] = shape;
  return { layout: 'planar', channels, height, width, pixels };
};

async function meanOfImages(
  folder: string,
  images: readonly RawImage[],
): Promise<DatabaseMean> {
  const path = join(folder, 'db');
  const writer = await createDatabase(path, 'LEVELDB');
  for (const [number, image] of images.entries()) {
    await writer.put(`000${number}`, encodeDatum({ label: 0, image }));
  }
  await writer.close();
  return meanOfDatabase(path, undefined, nobody);
}

/** The message of a promise's failure. */
async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof Error) return thrown.message;
  }
  throw new Error('it did not fail');
}

describe('Mean of a database', () => {
  it('is compute_image_mean to the byte', async function () {
    const folder = referenceFolder('data');
    if (folder === undefined) this.skip();
    const told: (readonly [number, number])[] = [];
    const mean = await meanOfDatabase(
      join(folder, 'train_lmdb'),
      'LMDB',
      (done, total) => told.push([done, total]),
    );
    const expected = readFileSync(join(folder, 'mean.binaryproto'));
    expect(expected.equals(meanBytes(mean.image))).to.be.true;
    expect(mean.count).to.equal(5000);
    expect(told.at(-1)).to.deep.equal([5000, 5000]);
  });

  it('writes what it reads', () => {
    const path = join(data, 'mean.binaryproto');
    const { mean } = readMeanFile(path);
    if (mean === undefined) throw new Error('the mean cannot be read');
    expect(readFileSync(path).equals(meanBytes(mean))).to.be.true;
  });

  it('is the same of pixels, of PNG, and in a LevelDB', async () => {
    const [png, level] = await Promise.all([
      meanOf('png_lmdb'),
      meanOf('leveldb', 'LEVELDB'),
    ]);
    expect(png.decoded).to.be.true;
    expect(level.decoded).to.be.false;
    expect(level.image).to.deep.equal(png.image);
    expect(level.channels).to.deep.equal(png.channels);
  });

  it('is of one channel for gray images', async () => {
    const { image, channels } = await meanOf('gray_lmdb');
    expect([image.channels, image.height, image.width]).to.eql([1, 32, 32]);
    expect(channels).to.have.length(1);
  });

  it('adds floats in the order of the records', () =>
    withTemporaryFolder(async (folder) => {
      const values = [1e8, 1, -1e8, 3];
      const images = values.map((value) =>
        planar([1, 1, 1], Float32Array.of(value)),
      );
      const { image } = await meanOfImages(folder, images);
      // The 1 is lost in the float32 of 1e8.
      expect([...image.data]).to.eql([0.75]);
    }));

  it('takes the mean of a channel in float32', () => {
    const large = 2 ** 24;
    const mean = planar([2, 1, 3], Float32Array.of(large, 1, 1, 1, 2, 3));
    const image = { ...mean, data: Float32Array.from(mean.pixels) };
    expect([...channelMeans(image)]).to.eql([Math.fround(large / 3), 2]);
  });

  it('refuses images of different sizes by their number', () =>
    withTemporaryFolder(async (folder) => {
      const images = [
        planar([1, 2, 3], new Uint8Array(6)),
        planar([1, 3, 2], new Uint8Array(6)),
      ];
      const said = await failureOf(meanOfImages(folder, images));
      expect(said).to.contain("record 1, key '0001'");
      expect(said).to.contain('of shape 1x3x2, the first one of 1x2x3');
    }));

  it('refuses an empty database', () =>
    withTemporaryFolder(async (folder) => {
      const said = await failureOf(meanOfImages(folder, []));
      expect(said).to.contain('has no records');
    }));

  it('refuses what is no Datum', () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'db');
      const writer = await createDatabase(path, 'LEVELDB');
      await writer.put('k', Buffer.from('no Datum'));
      await writer.close();
      const said = await failureOf(meanOfDatabase(path, undefined, nobody));
      expect(said).to.contain("record 0, key 'k': the Datum");
    }));
});
