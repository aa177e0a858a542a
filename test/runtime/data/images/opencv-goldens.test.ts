import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { decodeImage } from '../../../../runtime/data/images/decode-image.js';
import { encodeImage } from '../../../../runtime/data/images/encode-image.js';
import { resizeImage } from '../../../../runtime/data/images/resize-image.js';
import type { RawImage } from '../../../../runtime/data/raw-image.js';

import { referenceFolder } from '../../../support/reference.js';
import {
  type GoldenCase,
  goldenCases,
  jpegFiles,
  planar,
  sha256,
} from './reference-images.js';

const folder = referenceFolder('data');
const suite = folder === undefined ? describe.skip : describe;

suite("images as the reference Caffe's OpenCV has them", () => {
  const reference = folder ?? '';
  const files = folder === undefined ? [] : jpegFiles(folder);

  /** Compares each batch of a case with images in the order of the list, around its end. */
  async function expectBatches(
    { batches }: GoldenCase,
    imageAt: (file: Uint8Array) => Promise<RawImage>,
  ): Promise<void> {
    let next = 0;
    for (const { data } of batches) {
      const [count, ...sizes] = data.shape;
      const size = sizes.reduce((product, one) => product * one, 1);
      const values = new Float32Array(count * size);
      for (let i = 0; i < count; i++, next++) {
        const file = files[next % files.length] ?? new Uint8Array();
        const image = planar(await imageAt(file));
        values.set(image.pixels, i * size);
      }
      expect(sha256(values)).to.equal(data.sha256);
    }
  }

  const named = (name: string): GoldenCase => {
    const [found] = goldenCases(reference, new RegExp(`^${name}$`));
    if (found === undefined) throw new Error(`no golden ${name}`);
    return found;
  };

  for (const name of ['image_plain', 'image_wraps']) {
    it(`decodes JPEG: ${name}`, () =>
      expectBatches(named(name), (file) => decodeImage(file, 'color')));
  }

  it('takes the luma of a JPEG for gray: image_gray', () =>
    expectBatches(named('image_gray'), (file) => decodeImage(file, 'gray')));

  for (const [name, height, width] of [
    ['image_enlarged_40x40', 40, 40],
    ['image_reduced_20x24', 20, 24],
    ['image_half_16x16', 16, 16],
  ] as const) {
    it(`resizes: ${name}`, () =>
      expectBatches(named(name), async (file) =>
        resizeImage(await decodeImage(file, 'color'), height, width),
      ));

    it(`resizes planar images alike: ${name}`, async () => {
      const image = await decodeImage(files[0] ?? new Uint8Array(), 'color');
      expect(resizeImage(planar(image), height, width)).to.deep.equal(
        planar(resizeImage(image, height, width)),
      );
    });
  }

  const encoded = async (file: Uint8Array, format: 'png' | 'jpg') =>
    encodeImage(await decodeImage(file, 'color'), format);

  it('decodes PNG: lmdb_png_wraps', () =>
    expectBatches(named('lmdb_png_wraps'), async (file) =>
      decodeImage(await encoded(file, 'png'), 'unchanged'),
    ));

  it("takes libpng's gray of a PNG: lmdb_png_force_gray", () =>
    expectBatches(named('lmdb_png_force_gray'), async (file) =>
      decodeImage(await encoded(file, 'png'), 'gray'),
    ));

  it('decodes the JPEG that it wrote: lmdb_jpg', () =>
    expectBatches(named('lmdb_jpg'), async (file) =>
      decodeImage(await encoded(file, 'jpg'), 'unchanged'),
    ));

  for (const format of ['png', 'jpg'] as const) {
    it(`writes ${format} to the byte as OpenCV`, async () => {
      const path = join(reference, `${format}_lmdb`, 'data.mdb');
      const database = readFileSync(path);
      for (const file of files) {
        const bytes = Buffer.from(await encoded(file, format));
        expect(database.includes(bytes)).to.equal(true);
      }
    });
  }
});
