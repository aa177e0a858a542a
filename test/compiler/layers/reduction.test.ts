import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const reduction = (param: string) => ({
  type: 'Reduction',
  bottoms: [[2, 3, 4]],
  fields: `reduction_param { ${param} }`,
});

describe('Reduction layer', () => {
  it('keeps the axes before its own', () => {
    expect(topsOf(reduction(''))).to.deep.equal(['scalar']);
    expect(topsOf(reduction('axis: -1 operation: MEAN'))).to.deep.equal([
      '2x3',
    ]);
    expect(refusalOf(reduction('axis: 3'))).to.equal(
      'refused: axis 3 does not exist in a blob of 3 axes',
    );
  });
});
