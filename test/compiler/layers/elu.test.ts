import { expect } from 'chai';

import { topsOf } from '../../support/one-layer.js';

describe('ELU layer', () => {
  it('keeps the shape, with any alpha', () => {
    for (const fields of ['', 'elu_param { alpha: 0 }']) {
      const layer = { type: 'ELU', bottoms: [[2, 3]], fields };
      expect(topsOf(layer)).to.deep.equal(['2x3']);
    }
  });
});
