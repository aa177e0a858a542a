import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const dropout = (ratio: number) => ({
  type: 'Dropout',
  bottoms: [[2, 3]],
  fields: `dropout_param { dropout_ratio: ${ratio} }`,
});

describe('Dropout layer', () => {
  it('may drop nothing', () => {
    expect(topsOf(dropout(0))).to.deep.equal(['2x3']);
  });

  it('may not drop everything', () => {
    for (const ratio of [1, -0.5]) {
      expect(refusalOf(dropout(ratio))).to.equal(
        `refused: dropout_ratio must be at least 0 and less than 1, not ${ratio}`,
      );
    }
  });
});
