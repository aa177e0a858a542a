import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

describe('MVN layer', () => {
  it('gives four axes', () => {
    for (const [shape, top] of [
      [[2, 3, 4, 5], '2x3x4x5'],
      [[2, 3], '2x3x1x1'],
      [[2, 3, 4], '2x3x4x1'],
    ] as const) {
      expect(topsOf({ type: 'MVN', bottoms: [shape] })).to.deep.equal([top]);
    }
  });

  it('takes no more than four', () => {
    expect(refusalOf({ type: 'MVN', bottoms: [[1, 2, 3, 4, 5]] })).to.equal(
      'refused: its bottom must have at most 4 axes, not 5',
    );
  });
});
