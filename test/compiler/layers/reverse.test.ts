import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

describe('Reverse layer', () => {
  const reverse = (axis: number) => ({
    type: 'Reverse',
    dialect: 'ctpn' as const,
    bottoms: [[2, 3]],
    fields: `reverse_param { axis: ${axis} }`,
  });

  it('keeps the shape, and takes an axis from the front', () => {
    expect(topsOf(reverse(1))).to.deep.equal(['2x3']);
    expect(refusalOf(reverse(2))).to.equal(
      'refused: axis 2 does not exist in a blob of 2 axes',
    );
    expect(refusalOf(reverse(-1))).to.equal(
      'refused: axis must not be negative, as -1',
    );
  });
});
