import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

describe('LSTMUnit layer', () => {
  const unit = (bottoms: readonly (readonly number[])[]) => ({
    type: 'LSTMUnit',
    bottoms,
    tops: ['c', 'h'],
  });

  it('gives cells and outputs', () => {
    expect(
      topsOf(
        unit([
          [1, 3, 2],
          [1, 3, 8],
          [1, 3],
        ]),
      ),
    ).to.deep.equal(['1x3x2', '1x3x2']);
  });

  it('refuses bottoms that do not fit', () => {
    for (const [bottoms, reason] of [
      [
        [
          [2, 3, 2],
          [1, 3, 8],
          [1, 3],
        ],
        'bottom 0 must be 1xNxD, not 2x3x2',
      ],
      [
        [
          [1, 3, 2],
          [1, 3, 6],
          [1, 3],
        ],
        'bottom 1 must be 1x3x8, not 1x3x6',
      ],
      [
        [
          [1, 3, 2],
          [1, 3, 8],
          [3, 1],
        ],
        'bottom 2 must be 1x3, not 3x1',
      ],
    ] as const) {
      expect(refusalOf(unit(bottoms))).to.equal(`refused: ${reason}`);
    }
  });
});
