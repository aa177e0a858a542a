import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const pooling = (param: string, channels: number) => ({
  type: 'PSROIPooling',
  dialect: 'rfcn' as const,
  bottoms: [
    [1, channels, 38, 63],
    [300, 5],
  ],
  fields: `psroi_pooling_param { spatial_scale: 0.0625 ${param} }`,
});

describe('PSROIPooling layer', () => {
  const param = 'output_dim: 21 group_size: 7';

  it('has a channel of its own for each bin of an output (C3)', () => {
    expect(topsOf(pooling(param, 1029))).to.deep.equal(['300x21x7x7']);
    expect(refusalOf(pooling(param, 1024))).to.equal(
      'refused: the map must have 1029 channels, 21 times 7x7, not 1024',
    );
  });

  it('refuses sizes below 1', () => {
    expect(refusalOf(pooling('output_dim: 0 group_size: 7', 7))).to.equal(
      'refused: output_dim must be at least 1',
    );
  });
});
