import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const loss = (...bottoms: readonly (readonly number[])[]) => ({
  type: 'ContrastiveLoss',
  bottoms,
});

describe('ContrastiveLoss layer', () => {
  it('takes points of one number of coordinates', () => {
    expect(topsOf(loss([4, 3], [4, 3, 1, 1], [4]))).to.deep.equal(['scalar']);
    expect(refusalOf(loss([4, 3, 2], [4, 3, 2], [4]))).to.equal(
      'refused: bottom 0 must be N x C or N x C x 1 x 1, not 4x3x2',
    );
    expect(refusalOf(loss([4, 3], [4, 2], [4]))).to.equal(
      'refused: bottom 1 is 4x2, bottom 0 is 4x3',
    );
    expect(refusalOf(loss([4, 3], [4, 3], [4, 3]))).to.equal(
      'refused: bottom 2 must have one label for each of 4 items, not 4x3',
    );
  });
});
