import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

describe('Log layer', () => {
  const log = (param: string) => ({
    type: 'Log',
    bottoms: [[2, 3]],
    fields: `log_param { ${param} }`,
  });

  it('keeps the shape', () => {
    expect(topsOf(log('base: 0.5 scale: 2'))).to.deep.equal(['2x3']);
  });

  it('wants a base that has logarithms (C1)', () => {
    expect(topsOf(log('base: -1'))).to.deep.equal(['2x3']);
    for (const base of [0, 1, -2]) {
      expect(refusalOf(log(`base: ${base}`))).to.equal(
        `refused: base must be positive and not 1 (or -1, for e), not ${base}`,
      );
    }
  });
});
