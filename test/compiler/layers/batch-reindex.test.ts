import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const reindex = (index: readonly number[]) => ({
  type: 'BatchReindex',
  bottoms: [[3, 2, 4], index],
});

describe('BatchReindex layer', () => {
  it('has an item for each index', () => {
    expect(topsOf(reindex([5]))).to.deep.equal(['5x2x4']);
    expect(refusalOf(reindex([5, 1]))).to.equal(
      'refused: bottom 1 must have one axis, not 2',
    );
  });
});
