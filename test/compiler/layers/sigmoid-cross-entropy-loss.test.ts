import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const loss = (...bottoms: readonly (readonly number[])[]) => ({
  type: 'SigmoidCrossEntropyLoss',
  bottoms,
  fields: 'loss_param { normalization: FULL ignore_label: -1 }',
});

describe('SigmoidCrossEntropyLoss layer', () => {
  it('takes a target for each number', () => {
    expect(topsOf(loss([3, 4], [3, 2, 2]))).to.deep.equal(['scalar']);
    expect(refusalOf(loss([3, 4], [3, 1]))).to.equal(
      'refused: 3 targets for 12 numbers',
    );
  });
});
