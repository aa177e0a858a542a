import { expect } from 'chai';

import { readOneLayer, refusalOf, topsOf } from '../../support/one-layer.js';

describe('Deconvolution layer', () => {
  const deconvolution = (bottom: readonly number[], param: string) => ({
    type: 'Deconvolution',
    bottoms: [bottom],
    fields: `convolution_param { ${param} }`,
  });

  it('gives stride * (in - 1) + reach - 2 pad (C1)', () => {
    for (const [bottom, param, top] of [
      [
        [2, 3, 4, 5],
        'num_output: 2 kernel_size: 4 stride: 2 pad: 1',
        '2x2x8x10',
      ],
      [[1, 2, 5], 'num_output: 6 kernel_size: 3 dilation: 2', '1x6x9'],
      [[1, 2, 2, 3, 4], 'num_output: 1 kernel_size: 2 stride: 2', '1x1x4x6x8'],
    ] as const) {
      expect(topsOf(deconvolution(bottom, param)), param).to.deep.equal([top]);
    }
  });

  it('has weights of channels, outputs of a group, kernel', () => {
    const { parameters, macs } = readOneLayer(
      deconvolution([1, 6, 2, 2], 'num_output: 4 group: 2 kernel_size: 3'),
    );
    expect(parameters).to.deep.equal(['6x2x3x3', '4']);
    expect(macs).to.equal(4 * 6 * 2 * 9);
  });

  it('refuses what makes no sense', () => {
    for (const [param, reason] of [
      [
        'num_output: 3 group: 2 kernel_size: 1',
        'group 2 must divide the 2 channels of its bottom and num_output 3',
      ],
      ['kernel_size: 1', 'num_output must be at least 1'],
      [
        'num_output: 1 kernel_size: 1 pad: 2',
        'the pad 2x2 leaves nothing of its top',
      ],
    ] as const) {
      expect(refusalOf(deconvolution([1, 2, 3, 3], param))).to.equal(
        `refused: ${reason}`,
      );
    }
  });
});
