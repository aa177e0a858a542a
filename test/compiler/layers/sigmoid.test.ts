import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

describe('Sigmoid layer', () => {
  it('keeps the shape', () => {
    expect(topsOf({ type: 'Sigmoid', bottoms: [[2, 3, 4]] })).to.deep.equal([
      '2x3x4',
    ]);
  });

  it('has one bottom and one top', () => {
    expect(refusalOf({ type: 'Sigmoid', bottoms: [[2], [2]] })).to.equal(
      "net/blob-count: layer 'layer' has 2 bottoms; Sigmoid takes 1",
    );
  });
});
