import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const cropCenter = (...sizes: readonly number[]) => ({
  type: 'CropCenter',
  dialect: 'lltcggie' as const,
  bottoms: [[2, 3, 6, 7]],
  fields: `crop_center_param { crop_size: [${sizes.join()}] }`,
});

describe('CropCenter layer', () => {
  it('cuts both ends of every axis', () => {
    expect(topsOf(cropCenter(0, 1, 2, 3))).to.deep.equal(['2x1x2x1']);
  });

  it('refuses sizes that are missing or too large', () => {
    expect(refusalOf(cropCenter(0, 0, 2))).to.equal(
      'refused: crop_size must be given for each of the 4 axes, not 3 times',
    );
    expect(refusalOf(cropCenter(0, 0, 3, 0))).to.equal(
      'refused: crop_size 3 leaves nothing of the 6 of axis 2',
    );
  });
});
