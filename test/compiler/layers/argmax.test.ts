import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const argMax = (bottom: readonly number[], param = '') => ({
  type: 'ArgMax',
  bottoms: [bottom],
  fields: `argmax_param { ${param} }`,
});

describe('ArgMax layer', () => {
  it('flattens each item, and has three axes at least (C1)', () => {
    expect(topsOf(argMax([3, 4]))).to.deep.equal(['3x1x1']);
    expect(topsOf(argMax([3, 4, 2, 2], 'top_k: 5'))).to.deep.equal(['3x1x5x1']);
    expect(topsOf(argMax([3, 4], 'top_k: 2 out_max_val: true'))).to.deep.equal([
      '3x2x2',
    ]);
  });

  it('shrinks the axis that is given (C2)', () => {
    expect(
      topsOf(argMax([3, 4, 2], 'axis: -2 top_k: 3 out_max_val: true')),
    ).to.deep.equal(['3x3x2']);
  });

  it('needs enough numbers to choose from', () => {
    expect(refusalOf(argMax([3, 4], 'top_k: 5'))).to.equal(
      'refused: top_k must be from 1 to 4, the numbers to choose from, not 5',
    );
    expect(refusalOf(argMax([3, 4], 'top_k: 0'))).to.include('not 0');
  });
});
