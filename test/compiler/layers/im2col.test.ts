import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

describe('Im2col layer', () => {
  const im2col = (bottom: readonly number[], param: string) => ({
    type: 'Im2col',
    bottoms: [bottom],
    fields: `convolution_param { ${param} }`,
  });

  it('gives channels * kernel, then the windows', () => {
    for (const [bottom, param, top] of [
      [[2, 3, 5, 4], 'kernel_size: 3 pad: 1 stride: 2', '2x27x3x2'],
      [[2, 3, 6], 'kernel_size: 2', '2x6x5'],
      [[1, 2, 4, 4, 4], 'kernel_size: 2 stride: 2', '1x16x2x2x2'],
      [[5, 2, 3, 4, 4], 'kernel_size: 4 axis: 2', '5x2x48x1x1'],
    ] as const) {
      expect(topsOf(im2col(bottom, param)), param).to.deep.equal([top]);
    }
  });

  it('refuses a kernel that does not fit', () => {
    expect(refusalOf(im2col([1, 1, 3, 3], 'kernel_size: 5'))).to.equal(
      'refused: the kernel 5x5 is larger than the padded bottom 3x3',
    );
  });
});
