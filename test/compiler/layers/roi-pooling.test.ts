import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const pooling = (
  param: string,
  bottoms: readonly (readonly number[])[] = [
    [1, 512, 38, 63],
    [300, 5],
  ],
  dialect: 'faster-rcnn' | 'intel' = 'faster-rcnn',
) => ({
  type: 'ROIPooling',
  dialect,
  bottoms,
  fields: `roi_pooling_param { ${param} }`,
});

describe('ROIPooling layer', () => {
  it('has so many bins for each region and channel', () => {
    for (const regions of [
      [300, 5],
      [300, 5, 1, 1],
    ]) {
      expect(
        topsOf(pooling('pooled_h: 7 pooled_w: 6', [[1, 512, 38, 63], regions])),
      ).to.deep.equal(['300x512x7x6']);
    }
  });

  it('refuses what does not fit', () => {
    for (const [param, bottoms, reason] of [
      ['pooled_h: 7', undefined, 'pooled_w must be at least 1'],
      [
        'pooled_h: 7 pooled_w: 7',
        [
          [1, 512, 38, 63],
          [300, 4],
        ],
        'bottom 1 must have five numbers for each region, not 300x4',
      ],
      [
        'pooled_h: 7 pooled_w: 7',
        [
          [1, 512],
          [300, 5],
        ],
        'its bottom must have 4 axes, not 2',
      ],
    ] as const) {
      expect(refusalOf(pooling(param, bottoms))).to.equal(`refused: ${reason}`);
    }
    expect(
      refusalOf(pooling('pooled_size: 7 pooled_size: 7', undefined, 'intel')),
    ).to.equal(
      'refused: pooled_size is not supported; give pooled_h and pooled_w',
    );
  });
});
