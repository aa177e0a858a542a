import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const eltwise = (
  param: string,
  bottoms = [
    [2, 3],
    [2, 3],
  ],
) => ({
  type: 'Eltwise',
  bottoms,
  fields: `eltwise_param { ${param} }`,
});

describe('Eltwise layer', () => {
  it('takes two bottoms or more, of one shape', () => {
    expect(topsOf(eltwise('', [[2], [2], [2]]))).to.deep.equal(['2']);
    expect(
      refusalOf(
        eltwise('', [
          [2, 3],
          [3, 2],
        ]),
      ),
    ).to.equal('refused: bottom 1 is 3x2, bottom 0 is 2x3');
    expect(refusalOf(eltwise('', [[2, 3]]))).to.equal(
      "net/blob-count: layer 'layer' has 1 bottom; Eltwise takes at least 2",
    );
  });

  it('has a coeff for each bottom of SUM (C1)', () => {
    expect(refusalOf(eltwise('coeff: 1'))).to.equal(
      'refused: 1 coeffs for 2 bottoms',
    );
    expect(refusalOf(eltwise('operation: PROD coeff: 1 coeff: 1'))).to.equal(
      'refused: coeff is for SUM only',
    );
    expect(refusalOf(eltwise('operation: MAX coeff: 1 coeff: 2'))).to.equal('');
  });
});
