import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const loss = (...bottoms: readonly (readonly number[])[]) => ({
  type: 'EuclideanLoss',
  bottoms,
});

describe('EuclideanLoss layer', () => {
  it('compares items of one count, whatever their axes (C1)', () => {
    expect(topsOf(loss([3, 4], [3, 2, 2]))).to.deep.equal(['scalar']);
    expect(refusalOf(loss([3, 4], [3, 5]))).to.equal(
      'refused: an item of bottom 1 has 5 numbers, one of bottom 0 has 4',
    );
    expect(refusalOf(loss([3, 4], [2, 6]))).to.equal(
      'refused: bottom 1 has 2 items, bottom 0 has 3',
    );
  });
});
