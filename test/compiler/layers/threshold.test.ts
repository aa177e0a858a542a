import { expect } from 'chai';

import { topsOf } from '../../support/one-layer.js';

describe('Threshold layer', () => {
  it('keeps the shape', () => {
    expect(
      topsOf({
        type: 'Threshold',
        bottoms: [[2, 3]],
        fields: 'threshold_param { threshold: 0.5 }',
      }),
    ).to.deep.equal(['2x3']);
  });
});
