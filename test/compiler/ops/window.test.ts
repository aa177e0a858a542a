import { expect } from 'chai';

import {
  extent,
  paddingName,
  sameMargin,
  type Window,
  windowCount,
} from '../../../compiler/ops/window.js';

const window = (
  kernel: number,
  stride: number,
  margin: readonly [number, number],
  dilation = 1,
): Window => ({
  kernel: [kernel, kernel],
  strides: [stride, stride],
  dilations: [dilation, dilation],
  margins: [margin, margin],
});

describe('Windows', () => {
  it('reach further with a dilation', () => {
    expect(extent(3, 1)).to.equal(3);
    expect(extent(3, 2)).to.equal(5);
    expect(extent(1, 7)).to.equal(1);
  });

  it('are counted with their margins', () => {
    expect(windowCount(6, window(3, 2, [0, 0]), 0)).to.equal(2);
    expect(windowCount(6, window(3, 2, [0, 1]), 0)).to.equal(3);
    expect(windowCount(6, window(3, 1, [2, 2], 2), 1)).to.equal(6);
  });

  it('have a word of TensorFlow where one means the same', () => {
    for (const [input, kernel, stride, margin, name] of [
      [6, 3, 1, [0, 0], 'VALID'],
      [6, 3, 1, [1, 1], 'SAME'],
      // SAME puts the odd zero after; Caffe has one before.
      [6, 3, 2, [0, 1], 'SAME'],
      [6, 3, 2, [1, 0], undefined],
      [7, 3, 2, [1, 1], 'SAME'],
      [6, 3, 1, [2, 2], undefined],
    ] as const) {
      const found = paddingName(input, input, window(kernel, stride, margin));
      expect(found, `${input} ${kernel} ${stride}`).to.equal(name);
    }
  });

  it('never lose the margins of SAME', () => {
    for (let input = 1; input < 9; input++) {
      for (let kernel = 1; kernel < 6; kernel++) {
        for (let stride = 1; stride < 4; stride++) {
          const margin = sameMargin(input, kernel, stride);
          const count = windowCount(input, window(kernel, stride, margin), 0);
          expect(count).to.equal(Math.ceil(input / stride));
        }
      }
    }
  });
});
