import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const split = (tops: readonly string[]) => ({
  type: 'Split',
  bottoms: [[2, 3]],
  tops,
});

describe('Split layer', () => {
  it('gives its bottom several names', () => {
    expect(topsOf(split(['a', 'b', 'c']))).to.deep.equal(['2x3', '2x3', '2x3']);
  });

  it('refuses to work in place', () => {
    expect(refusalOf(split(['a', 'x0']))).to.match(
      /^refused: cannot work in place/,
    );
  });
});
