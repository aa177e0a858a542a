import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const reorg = (bottom: readonly number[], param: string) => ({
  type: 'Reorg',
  dialect: 'yolo' as const,
  bottoms: [bottom],
  fields: `reorg_param { ${param} }`,
});

describe('Reorg layer', () => {
  it('trades size for channels, and back (C1, C2)', () => {
    expect(topsOf(reorg([1, 64, 26, 26], 'stride: 2'))).to.deep.equal([
      '1x256x13x13',
    ]);
    expect(
      topsOf(reorg([1, 256, 13, 13], 'stride: 2 reverse: true')),
    ).to.deep.equal(['1x64x26x26']);
  });

  it('refuses what does not divide', () => {
    for (const [bottom, param, reason] of [
      [[1, 8, 4, 4], '', 'stride must be at least 1'],
      [
        [1, 6, 4, 4],
        'stride: 2',
        '6 channels are no multiple of 4, the square of the stride',
      ],
      [
        [1, 8, 4, 5],
        'stride: 2',
        'the image 4x5 is no multiple of the stride 2',
      ],
      [[8, 4], 'stride: 2', 'its bottom must have 4 axes, not 2'],
    ] as const) {
      expect(refusalOf(reorg(bottom, param))).to.equal(`refused: ${reason}`);
    }
  });
});
