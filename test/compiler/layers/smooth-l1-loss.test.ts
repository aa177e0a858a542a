import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const loss = (bottoms: readonly (readonly number[])[], param = '') => ({
  type: 'SmoothL1Loss',
  dialect: 'faster-rcnn' as const,
  bottoms,
  fields: `smooth_l1_loss_param { ${param} }`,
});

describe('SmoothL1Loss layer', () => {
  const x = [2, 8, 3, 4];

  it('takes two bottoms, or four', () => {
    expect(topsOf(loss([x, x]))).to.deep.equal(['scalar']);
    expect(topsOf(loss([x, x, x, x], 'sigma: 3'))).to.deep.equal(['scalar']);
    expect(refusalOf(loss([x, x, x]))).to.equal(
      'refused: give both inside and outside weights, or neither',
    );
  });

  it('refuses other shapes, and a sigma of 0', () => {
    expect(refusalOf(loss([x, [2, 8, 3]]))).to.equal(
      'refused: bottom 1 must be 2x8x3x4, not 2x8x3',
    );
    expect(refusalOf(loss([x, x], 'sigma: 0'))).to.equal(
      'refused: sigma must be above 0, not 0',
    );
  });
});
