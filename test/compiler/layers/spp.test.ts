import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

describe('SPP layer', () => {
  const spp = (bottom: readonly number[], param: string) => ({
    type: 'SPP',
    bottoms: [bottom],
    fields: `spp_param { ${param} }`,
  });

  it('gives all levels flattened, one alone as it is (C1, C2)', () => {
    for (const [bottom, param, top] of [
      [[2, 3, 8, 8], 'pyramid_height: 1', '2x3x1x1'],
      [[2, 3, 8, 8], 'pyramid_height: 3', '2x63'],
      [[1, 2, 13, 10], 'pyramid_height: 3 pool: AVE', '1x42'],
    ] as const) {
      expect(topsOf(spp(bottom, param)), param).to.deep.equal([top]);
    }
  });

  it('refuses what makes no sense', () => {
    for (const [bottom, param, reason] of [
      [[2, 3, 8], 'pyramid_height: 1', 'its bottom must have 4 axes, not 3'],
      [[1, 1, 8, 8], '', 'pyramid_height must be at least 1'],
      [
        [1, 1, 3, 3],
        'pyramid_height: 3',
        'level 2 of the pyramid is too fine for an image of 3x3',
      ],
      [
        [1, 1, 7, 7],
        'pyramid_height: 2 pool: STOCHASTIC',
        'padding, which the image of 7x7 needs, is for MAX and AVE only, not for STOCHASTIC',
      ],
    ] as const) {
      expect(refusalOf(spp(bottom, param))).to.equal(`refused: ${reason}`);
    }
  });
});
