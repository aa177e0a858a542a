import { expect } from 'chai';

import { InternalError } from '../../../compiler/diagnostics.js';
import { float32 } from '../../../compiler/ir/types.js';
import { conv2d } from '../../../compiler/ops/convolution.js';
import { conv3d } from '../../../compiler/ops/volume-convolution.js';
import type { Conv2dAttributes } from '../../../compiler/ops/window.js';

import { numbers } from '../../support/numbers.js';
import { requireNative } from '../../support/require-native.js';
import { type Fed, runOps } from '../../support/run-ops.js';

const attributes: Conv2dAttributes = {
  kernel: [3, 2],
  strides: [1, 1],
  dilations: [1, 1],
  margins: [
    [0, 0],
    [0, 0],
  ],
  groups: 1,
  format: 'NHWC',
};

const fed = (shape: readonly number[], seed: number): Fed => ({
  shape,
  data: numbers(
    shape.reduce((product, size) => product * size, 1),
    seed,
  ),
});

/** One output of a convolution, straight from its definition. */
function oneOutput(
  x: Fed,
  filter: Fed,
  { kernel, strides, dilations, margins, groups }: Conv2dAttributes,
  [n, h, w, o]: readonly [number, number, number, number],
): number {
  const [, height = 0, width = 0, channels = 0] = x.shape;
  const outputs = filter.shape[3] ?? 0;
  const perGroup = channels / groups;
  const group = Math.floor(o / (outputs / groups));
  let sum = 0;
  for (let i = 0; i < kernel[0]; i++) {
    for (let j = 0; j < kernel[1]; j++) {
      const row = h * strides[0] + i * dilations[0] - margins[0][0];
      const column = w * strides[1] + j * dilations[1] - margins[1][0];
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      for (let c = 0; c < perGroup; c++) {
        const at =
          ((n * height + row) * width + column) * channels +
          group * perGroup +
          c;
        const weight = ((i * kernel[1] + j) * perGroup + c) * outputs + o;
        sum += (x.data[at] ?? NaN) * (filter.data[weight] ?? NaN);
      }
    }
  }
  return sum;
}

describe('conv2d', () => {
  before(function () {
    requireNative(this);
  });

  const cases: Readonly<Record<string, Partial<Conv2dAttributes>>> = {
    'without anything': {},
    'with strides and dilations': { strides: [2, 1], dilations: [1, 2] },
    'with margins of SAME': {
      kernel: [3, 3],
      margins: [
        [1, 1],
        [1, 1],
      ],
    },
    'in groups': { groups: 2 },
  };
  for (const [name, changed] of Object.entries(cases)) {
    it(`is a cross-correlation ${name}`, async () => {
      const all = { ...attributes, ...changed };
      const x = fed([2, 6, 5, 4], 1);
      const filter = fed([...all.kernel, 4 / all.groups, 6], 2);
      const [y] = await runOps([x, filter], (builder, inputs) => [
        builder.apply(conv2d, inputs, all),
      ]);
      const [n = 0, h = 0, w = 0, o = 0] = (y?.shape ?? '')
        .split('x')
        .map(Number);
      for (const [at, value] of (y?.data ?? []).entries()) {
        const place = [
          Math.floor(at / (h * w * o)) % n,
          Math.floor(at / (w * o)) % h,
          Math.floor(at / o) % w,
          at % o,
        ] as const;
        expect(value).to.be.closeTo(oneOutput(x, filter, all, place), 1e-5);
      }
    });
  }
});

describe('conv3d', () => {
  before(function () {
    requireNative(this);
  });

  it('sums over three axes', async () => {
    const ones = (shape: readonly number[]): Fed => ({
      shape,
      data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1),
    });
    const [y] = await runOps(
      [ones([1, 4, 4, 5, 3]), ones([2, 2, 3, 3, 2])],
      (builder, inputs) => [
        builder.apply(conv3d, inputs, {
          strides: [2, 1, 1],
          dilations: [1, 1, 1],
        }),
      ],
    );
    expect(y?.shape).to.equal('1x2x3x3x2');
    expect(new Set(y?.data)).to.deep.equal(new Set([36]));
  });
});

describe('Type rules of convolutions', () => {
  it('know both orders of axes', () => {
    const types = [float32([1, 4, 6, 5]), float32([8, 2, 3, 2])];
    const caffe = { ...attributes, groups: 2, format: 'NCHW' as const };
    expect(conv2d.infer(types, caffe)[0]?.shape).to.deep.equal([1, 8, 4, 4]);
  });

  it('refuse filters that do not fit', () => {
    for (const filter of [
      [3, 2, 3, 8],
      [2, 2, 4, 8],
      [3, 3, 4, 8],
    ]) {
      const types = [float32([1, 6, 5, 4]), float32(filter)];
      expect(() => conv2d.infer(types, attributes)).to.throw(InternalError);
    }
  });
});
