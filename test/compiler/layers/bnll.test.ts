import { expect } from 'chai';

import { topsOf } from '../../support/one-layer.js';

describe('BNLL layer', () => {
  it('keeps the shape, of any number of axes', () => {
    for (const shape of [[4], [2, 3], [2, 3, 4, 5, 6]]) {
      expect(topsOf({ type: 'BNLL', bottoms: [shape] })).to.deep.equal([
        shape.join('x'),
      ]);
    }
  });
});
