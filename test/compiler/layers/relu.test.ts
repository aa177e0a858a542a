import { expect } from 'chai';

import { topsOf } from '../../support/one-layer.js';

describe('ReLU layer', () => {
  it('keeps the shape, of any number of axes', () => {
    for (const bottom of [[4], [2, 3], [1, 2, 3, 4, 5]]) {
      expect(topsOf({ type: 'ReLU', bottoms: [bottom] })).to.deep.equal([
        bottom.join('x'),
      ]);
    }
  });
});
