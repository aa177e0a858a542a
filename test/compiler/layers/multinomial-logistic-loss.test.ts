import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const loss = (bottoms: readonly (readonly number[])[]) => ({
  type: 'MultinomialLogisticLoss',
  bottoms,
});

describe('MultinomialLogisticLoss layer', () => {
  it('takes a label for each item, whatever axes the classes are on', () => {
    expect(topsOf(loss([[3, 2, 2], [3]]))).to.deep.equal(['scalar']);
    expect(
      refusalOf(
        loss([
          [3, 2, 2],
          [3, 2],
        ]),
      ),
    ).to.equal(
      'refused: bottom 1 must have one label for each of 3 items, not 3x2',
    );
  });
});
