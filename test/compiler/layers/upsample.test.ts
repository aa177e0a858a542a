import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const upsample = (
  param: string,
  bottoms: readonly (readonly number[])[] = [[1, 2, 3, 5]],
) => ({
  type: 'Upsample',
  dialect: 'segnet' as const,
  bottoms,
  fields: `upsample_param { ${param} }`,
});

const masked = [
  [1, 2, 3, 5],
  [1, 2, 3, 5],
];

describe('Upsample layer', () => {
  it('multiplies the image by its scale (C1)', () => {
    expect(topsOf(upsample('scale: 2'))).to.deep.equal(['1x2x6x10']);
    expect(refusalOf(upsample('scale: 0'))).to.equal(
      'refused: scale must be at least 1, not 0',
    );
    expect(refusalOf(upsample('upsample_h: 6 upsample_w: 6'))).to.equal(
      'refused: upsample_h goes with a second bottom, the mask',
    );
  });

  it('has the size of the pooled image with a mask (C2)', () => {
    for (const [param, top] of [
      ['upsample_h: 7 upsample_w: 9', '1x2x7x9'],
      ['scale: 3', '1x2x9x15'],
      ['scale: 2 pad_out_h: true', '1x2x5x10'],
      ['scale_h: 2 scale_w: 4', '1x2x6x20'],
    ] as const) {
      expect(topsOf(upsample(param, masked)), param).to.deep.equal([top]);
    }
    for (const [param, reason] of [
      ['scale: 3 pad_out_w: true', 'pad_out_w goes with a scale of 2, not 3'],
      [
        'scale: 2 scale_h: 2 scale_w: 2',
        'give upsample_h and upsample_w, or scale, or scale_h and scale_w',
      ],
    ] as const) {
      expect(refusalOf(upsample(param, masked))).to.equal(`refused: ${reason}`);
    }
    expect(
      refusalOf(
        upsample('scale: 2', [
          [1, 2, 3, 5],
          [1, 2, 3, 4],
        ]),
      ),
    ).to.equal('refused: the mask (bottom 1) must be 1x2x3x5, not 1x2x3x4');
  });
});
