import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

describe('TanH layer', () => {
  it('keeps the shape', () => {
    expect(topsOf({ type: 'TanH', bottoms: [[2, 3, 4]] })).to.deep.equal([
      '2x3x4',
    ]);
  });

  it('has one bottom and one top', () => {
    expect(refusalOf({ type: 'TanH', bottoms: [[2], [2]] })).to.equal(
      "net/blob-count: layer 'layer' has 2 bottoms; TanH takes 1",
    );
  });
});
