import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const loss = (labels: readonly number[], fields = '') => ({
  type: 'HingeLoss',
  bottoms: [[4, 5], labels],
  fields,
});

describe('HingeLoss layer', () => {
  it('takes a label for each item', () => {
    expect(
      topsOf(loss([4, 1, 1], 'hinge_loss_param { norm: L2 }')),
    ).to.deep.equal(['scalar']);
    expect(refusalOf(loss([4, 5]))).to.equal(
      'refused: bottom 1 must have one label for each of 4 items, not 4x5',
    );
  });
});
