import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { encodeImage } from '../../../../runtime/data/images/encode-image.js';
import {
  scoreImages,
  type Scoring,
} from '../../../../runtime/data/images/score-images.js';

import { withTemporaryFolder } from '../../../support/temporary-folder.js';
import { settingsOf } from '../transform/param-of.js';

/** Two classes: the sums of the upper and of the lower half of each image. */
const halves = (images: Float32Array): Float32Array => {
  const sums = new Float32Array(images.length / 2);
  images.forEach((value, i) => {
    const half = Math.floor(i / 2);
    sums[half] = (sums[half] ?? 0) + value;
  });
  return sums;
};

const scoring = (options: Partial<Scoring> = {}): Scoring => ({
  shape: [2, 1, 2, 2],
  height: 2,
  width: 2,
  settings: settingsOf('force_gray: true mean_value: 1'),
  oversample: false,
  predict: (images) => Promise.resolve(halves(images)),
  ...options,
});

const gray = (height: number, width: number, pixels: readonly number[]) =>
  encodeImage(
    {
      layout: 'interleaved',
      channels: 1,
      height,
      width,
      pixels: Uint8Array.from(pixels),
    },
    'png',
  );

const scores = (files: readonly Uint8Array[], options: Partial<Scoring> = {}) =>
  withTemporaryFolder(async (folder) => {
    const paths = files.map((bytes, i) => {
      const path = join(folder, `${i}.png`);
      writeFileSync(path, bytes);
      return path;
    });
    const found = await scoreImages(scoring(options), paths, () => undefined);
    return found.bad === undefined
      ? found.scores.map((each) => [...each])
      : found.bad.problem;
  });

describe('scoring image files', () => {
  it('keeps the images of a batch apart, and fills the last one up', async () => {
    const files = await Promise.all(
      [10, 20, 30].map((value) => gray(2, 2, [value, value, 1, 2])),
    );
    expect(await scores(files)).to.deep.equal([
      [18, 1],
      [38, 1],
      [58, 1],
    ]);
  });

  it('takes the middle, or ten crops over several batches', async () => {
    const file = await gray(4, 3, [9, 9, 9, 3, 5, 7, 2, 4, 6, 9, 9, 9]);
    const options = { height: 4, width: 3 };
    expect(await scores([file], options)).to.deep.equal([[6, 4]]);
    // Corners: rows 9 9 | 3 5, 9 9 | 5 7, 2 4 | 9 9, 4 6 | 9 9, and the middle.
    const mean = (...sums: readonly number[]) =>
      Math.fround(sums.reduce((sum, one) => sum + one, 0) / 5);
    expect(
      await scores([file], { ...options, oversample: true }),
    ).to.deep.equal([[mean(16, 16, 4, 8, 6), mean(6, 10, 16, 16, 4)]]);
  });

  it('tells which file is bad', async () => {
    const good = await gray(2, 2, [1, 2, 3, 4]);
    expect(await scores([good, good.slice(0, 40)])).to.match(
      /^the image cannot be decoded/,
    );
  });
});
