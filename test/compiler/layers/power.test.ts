import { expect } from 'chai';

import { topsOf } from '../../support/one-layer.js';

describe('Power layer', () => {
  it('keeps the shape, also where its top is constant (C1)', () => {
    for (const param of ['', 'power: 0', 'scale: 0 power: -1', 'power: 2.5']) {
      const fields = `power_param { ${param} }`;
      const layer = { type: 'Power', bottoms: [[2, 3, 1]], fields };
      expect(topsOf(layer)).to.deep.equal(['2x3x1']);
    }
  });
});
