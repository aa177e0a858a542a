import { expect } from 'chai';

import { readOneLayer, refusalOf, topsOf } from '../../support/one-layer.js';

const convolution = (bottom: readonly number[], param: string) => ({
  type: 'Convolution',
  bottoms: [bottom],
  fields: `convolution_param { ${param} }`,
});

describe('Convolution layer', () => {
  it('has a weight and a bias, and counts its multiplications', () => {
    const found = readOneLayer(
      convolution([2, 6, 8, 9], 'num_output: 4 kernel_size: 3 group: 2'),
    );
    expect(found).to.deep.equal({
      tops: ['2x4x6x7'],
      parameters: ['4x3x3x3', '4'],
      macs: 2 * 4 * 6 * 7 * 3 * 3 * 3,
      diagnostics: [],
    });
  });

  it('divides towards zero (C1)', () => {
    for (const [size, top] of [
      [3, '1x1x1x1'],
      [5, '1x1x1x1'],
      [6, '1x1x2x2'],
    ] as const) {
      const param = 'num_output: 1 kernel_size: 4 stride: 2';
      expect(topsOf(convolution([1, 1, size, size], param))).to.deep.equal([
        top,
      ]);
    }
  });

  it('takes one number, one for each axis, or one for each side (C2)', () => {
    const image = [1, 1, 9, 9];
    for (const [param, top] of [
      ['kernel_size: 3', '1x1x7x7'],
      ['kernel_size: 3 kernel_size: 2', '1x1x7x8'],
      ['kernel_h: 3 kernel_w: 2', '1x1x7x8'],
      ['kernel_size: 3 stride_h: 1 stride_w: 2', '1x1x7x4'],
      ['kernel_size: 3 pad_h: 1', '1x1x9x7'],
      ['kernel_size: 3 dilation: 2', '1x1x5x5'],
    ] as const) {
      const layer = convolution(image, `num_output: 1 ${param}`);
      expect(topsOf(layer), param).to.deep.equal([top]);
    }
  });

  it('goes over no, one, two or three spatial axes', () => {
    const param = 'num_output: 5';
    expect(topsOf(convolution([2, 3], param))).to.deep.equal(['2x5']);
    expect(
      topsOf(convolution([2, 3, 7], `${param} kernel_size: 2`)),
    ).to.deep.equal(['2x5x6']);
    expect(
      topsOf(convolution([2, 3, 7, 6, 5], `${param} kernel_size: 2`)),
    ).to.deep.equal(['2x5x6x5x4']);
    expect(
      refusalOf(convolution([2, 3, 4, 4, 4, 4], `${param} kernel_size: 2`)),
    ).to.equal('refused: 4 spatial axes; at most 3 are supported');
  });

  it('shares its blobs among bottoms of one shape', () => {
    const found = readOneLayer({
      type: 'Convolution',
      bottoms: [
        [1, 2, 4, 4],
        [1, 2, 4, 4],
      ],
      tops: ['y', 'z'],
      fields: 'convolution_param { num_output: 3 kernel_size: 1 }',
    });
    expect(found.tops).to.deep.equal(['1x3x4x4', '1x3x4x4']);
    expect(found.parameters).to.deep.equal(['3x2x1x1', '3']);
  });

  it('refuses what makes no sense', () => {
    const image = [1, 4, 5, 5];
    for (const [param, reason] of [
      ['kernel_size: 3', 'num_output must be at least 1'],
      ['num_output: 1', 'kernel_size is missing'],
      [
        'num_output: 1 kernel_size: 3 kernel_size: 3 kernel_size: 3',
        'kernel_size must be given once, or once for each of the 2 spatial axes; it is given 3 times',
      ],
      [
        'num_output: 1 kernel_size: 3 kernel_h: 3',
        'give kernel_size or kernel_h and kernel_w, not both',
      ],
      ['num_output: 1 kernel_h: 3', 'kernel_h and kernel_w are given together'],
      ['num_output: 1 kernel_size: 3 stride: 0', 'stride must not be 0'],
      [
        'num_output: 4 kernel_size: 3 group: 3',
        'group 3 must divide the 4 channels of its bottom and num_output 4',
      ],
      [
        'num_output: 1 kernel_size: 7',
        'the kernel 7x7 is larger than the padded bottom 5x5',
      ],
      [
        'num_output: 1 kernel_size: 3 axis: 4',
        'axis 4 does not exist in a blob of 4 axes',
      ],
    ] as const) {
      expect(refusalOf(convolution(image, param)), param).to.equal(
        `refused: ${reason}`,
      );
    }
    expect(
      refusalOf(
        convolution([1, 2, 6], 'num_output: 1 kernel_h: 2 kernel_w: 2'),
      ),
    ).to.equal('refused: kernel_h and kernel_w are for 2 spatial axes, not 1');
  });

  it('refuses a weight that Caffe could not count', () => {
    expect(
      refusalOf(
        convolution([1, 4, 1, 1], 'num_output: 4000000000 kernel_size: 1'),
      ),
    ).to.match(/top 0 \(1x4000000000x1x1\) has more than 2147483647 values/);
  });

  it('has a group for each channel by its other names', () => {
    for (const type of ['DepthwiseConvolution', 'ConvolutionDepthwise']) {
      const depthwise = (param: string) => ({
        ...convolution([1, 6, 8, 9], `num_output: 6 kernel_size: 3 ${param}`),
        type,
      });
      const { parameters } = readOneLayer(depthwise(''));
      expect(parameters).to.deep.equal(['6x1x3x3', '6']);
      expect(topsOf(depthwise('group: 6'))).to.deep.equal(['1x6x6x7']);
      expect(refusalOf(depthwise('group: 3'))).to.equal(
        'refused: every one of its 6 channels is a group; group says 3',
      );
    }
  });
});
