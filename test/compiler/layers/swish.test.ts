import { expect } from 'chai';

import { topsOf } from '../../support/one-layer.js';

describe('Swish layer', () => {
  it('keeps the shape', () => {
    const layer = {
      type: 'Swish',
      bottoms: [[2, 3]],
      fields: 'swish_param { beta: 0.5 }',
    };
    expect(topsOf(layer, { dialect: 'bvlc' })).to.deep.equal(['2x3']);
  });
});
