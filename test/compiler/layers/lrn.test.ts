import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const lrn = (bottom: readonly number[], param: string) => ({
  type: 'LRN',
  bottoms: [bottom],
  fields: `lrn_param { ${param} }`,
});

describe('LRN layer', () => {
  it('keeps the shape', () => {
    for (const region of ['ACROSS_CHANNELS', 'WITHIN_CHANNEL']) {
      expect(topsOf(lrn([2, 3, 4, 5], `norm_region: ${region}`))).to.deep.equal(
        ['2x3x4x5'],
      );
    }
  });

  it('needs an odd size (C3) and an image', () => {
    expect(refusalOf(lrn([2, 3, 4, 5], 'local_size: 4'))).to.equal(
      'refused: local_size must be odd, not 4',
    );
    expect(refusalOf(lrn([2, 3], ''))).to.equal(
      'refused: its bottom must have 4 axes, not 2',
    );
  });
});
