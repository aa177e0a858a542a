import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

describe('Exp layer', () => {
  const exp = (param: string) => ({
    type: 'Exp',
    bottoms: [[2, 3]],
    fields: `exp_param { ${param} }`,
  });

  it('keeps the shape', () => {
    expect(topsOf(exp('base: 1 shift: -2'))).to.deep.equal(['2x3']);
  });

  it('wants a positive base, or -1 for e (C1)', () => {
    expect(topsOf(exp('base: -1'))).to.deep.equal(['2x3']);
    for (const base of [0, -0.5, -2]) {
      expect(refusalOf(exp(`base: ${base}`))).to.equal(
        `refused: base must be positive (or -1, for e), not ${base}`,
      );
    }
  });
});
