import { join } from 'node:path';
import { expect } from 'chai';

import { decodeImage } from '../../../../runtime/data/images/decode-image.js';
import { encodeImage } from '../../../../runtime/data/images/encode-image.js';
import type { RawImage } from '../../../../runtime/data/raw-image.js';
import { drawsOf } from '../../../../runtime/data/transform/draws.js';
import { readMeanFile } from '../../../../runtime/data/transform/mean-file.js';
import { misfitOf } from '../../../../runtime/data/transform/misfit.js';
import {
  outputSize,
  type TransformSettings,
} from '../../../../runtime/data/transform/settings.js';
import { transformImage } from '../../../../runtime/data/transform/transform-image.js';
import { transformSettings } from '../../../../runtime/data/transform/transform-settings.js';

import { referenceFolder } from '../../../support/reference.js';
import {
  goldenCases,
  jpegFiles,
  planar,
  sha256,
} from '../images/reference-images.js';
import { transformParam } from './param-of.js';

const folder = referenceFolder('data');
const suite = folder === undefined ? describe.skip : describe;

/** Cases whose records are the 64 images of the list, in their own size. */
const wanted =
  /^lmdb_(plain|scale|mean|crop|no_label|png|jpg)|^leveldb_(crop|plain)|^image_(plain|wraps|mean)/;

suite("transforms in TEST, as the reference Caffe's", () => {
  const reference = folder ?? '';
  const files = folder === undefined ? [] : jpegFiles(folder);
  const cases = folder === undefined ? [] : goldenCases(reference, wanted);

  /** The image as the source of a case holds it. */
  async function source(
    name: string,
    { decode }: TransformSettings,
    file: Uint8Array,
  ): Promise<RawImage> {
    const image = await decodeImage(file, 'color');
    if (name.startsWith('image')) return image;
    const format = /_(png|jpg)/.exec(name)?.[1];
    return format === 'png' || format === 'jpg'
      ? decodeImage(await encodeImage(image, format), decode)
      : planar(image);
  }

  for (const { name, prototxt, batches } of cases) {
    it(name, async () => {
      const { settings, diagnostics } = transformSettings(
        transformParam(prototxt),
        'TEST',
        (path) => readMeanFile(join(reference, '..', path)),
      );
      expect(diagnostics).to.deep.equal([]);
      if (settings === undefined) throw new Error('no settings');
      // Databases of 1000 records go on behind the 64 images that are here.
      const isWhole = /png|jpg|leveldb|image/.test(name);
      let next = 0;
      for (const { data } of batches) {
        const [count, ...sizes] = data.shape;
        if (!isWhole && next + count > files.length) break;
        const size = sizes.reduce((product, one) => product * one, 1);
        const values = new Float32Array(count * size);
        for (let i = 0; i < count; i++, next++) {
          const file = files[next % files.length] ?? new Uint8Array();
          const image = await source(name, settings, file);
          expect(misfitOf(settings, { ...image, isFloat: false })).to.equal(
            undefined,
          );
          const { channels, height, width } = outputSize(settings, image);
          expect([channels, height, width]).to.deep.equal(sizes);
          const into = values.subarray(i * size, (i + 1) * size);
          transformImage(settings, image, into, drawsOf(1, 'in', next));
        }
        expect(sha256(values)).to.equal(data.sha256);
      }
      expect(next).to.be.greaterThan(0);
    });
  }
});
