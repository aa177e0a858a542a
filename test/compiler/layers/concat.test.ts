import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const concat = (
  param: string,
  bottoms: readonly (readonly number[])[] = [
    [2, 3, 4],
    [2, 5, 4],
  ],
) => ({ type: 'Concat', bottoms, fields: `concat_param { ${param} }` });

describe('Concat layer', () => {
  it('adds up the sizes of its axis', () => {
    expect(topsOf(concat(''))).to.deep.equal(['2x8x4']);
    expect(topsOf(concat('axis: -2'))).to.deep.equal(['2x8x4']);
    expect(topsOf(concat('concat_dim: 1'))).to.deep.equal(['2x8x4']);
    expect(topsOf(concat('', [[2, 3]]))).to.deep.equal(['2x3']);
  });

  it('refuses bottoms that differ elsewhere, and two axes', () => {
    expect(refusalOf(concat('axis: 2'))).to.equal(
      'refused: bottom 1 is 2x5x4, bottom 0 is 2x3x4; they may differ along axis 2 only',
    );
    expect(
      refusalOf(
        concat('', [
          [2, 3],
          [2, 3, 1],
        ]),
      ),
    ).to.equal(
      'refused: bottom 1 is 2x3x1, bottom 0 is 2x3; they may differ along axis 1 only',
    );
    expect(refusalOf(concat('axis: 1 concat_dim: 1'))).to.equal(
      'refused: give axis or concat_dim, not both',
    );
  });
});
