import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

describe('AbsVal layer', () => {
  it('keeps the shape', () => {
    const layer = { type: 'AbsVal', bottoms: [[2, 3, 4]] };
    expect(topsOf(layer)).to.deep.equal(['2x3x4']);
  });

  it('cannot work in place', () => {
    const layer = { type: 'AbsVal', bottoms: [[2]], tops: ['x0'] };
    expect(refusalOf(layer)).to.equal('refused: cannot work in place');
  });
});
