import { expect } from 'chai';

import { readOneLayer } from '../../support/one-layer.js';

const withFiller = (filler: string, kernel = 'kernel_size: 3') =>
  readOneLayer({
    type: 'Convolution',
    bottoms: [[1, 2, 8, 8]],
    fields: `convolution_param { num_output: 4 ${kernel} weight_filler { ${filler} } }`,
  }).diagnostics;

describe('Fillers', () => {
  it('are of the types that Caffe has', () => {
    for (const type of [
      'constant',
      'uniform',
      'gaussian',
      'positive_unitball',
      'xavier',
      'msra',
      'bilinear',
    ]) {
      expect(withFiller(`type: "${type}"`), type).to.deep.equal([]);
    }
    expect(withFiller('type: "xavir"')).to.deep.equal([
      "net/unknown-filler: layer 'layer' has a filler of the unknown type 'xavir'",
    ]);
  });

  it('interpolate in square filters only', () => {
    expect(
      withFiller('type: "bilinear"', 'kernel_h: 3 kernel_w: 2'),
    ).to.deep.equal([
      "net/filler-shape: layer 'layer' has a bilinear filler, which is for square filters of four axes, not 4x2x3x2",
    ]);
  });
});
