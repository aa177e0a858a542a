import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const axpy = (...bottoms: readonly (readonly number[])[]) => ({
  type: 'Axpy',
  bottoms,
});

describe('Axpy layer', () => {
  const x = [2, 3, 4, 5];

  it('takes one factor for each channel of each item', () => {
    expect(topsOf(axpy([2, 3, 1, 1], x, x))).to.deep.equal(['2x3x4x5']);
    expect(topsOf(axpy([2, 3], x, x))).to.deep.equal(['2x3x4x5']);
  });

  it('refuses other shapes', () => {
    for (const [bottoms, reason] of [
      [
        [[2, 3, 4, 5], x, x],
        'bottom 0 must have one factor for each channel, 2x3, not 2x3x4x5',
      ],
      [
        [[2, 3], x, [2, 3, 4, 4]],
        'bottoms 1 and 2 must have one shape, not 2x3x4x5 and 2x3x4x4',
      ],
      [[[2], [2], [2]], 'bottom 1 must have at least 2 axes, not 1'],
    ] as const) {
      expect(refusalOf(axpy(...bottoms))).to.equal(`refused: ${reason}`);
    }
  });
});
