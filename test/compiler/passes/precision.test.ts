import { expect } from 'chai';

import { compile } from '../../../compiler/compile.js';
import { batchMatMul } from '../../../compiler/ops/batch-mat-mul.js';
import { fromBfloat16, toBfloat16 } from '../../../compiler/ops/cast.js';
import { conv2d } from '../../../compiler/ops/convolution.js';
import { none } from '../../../compiler/ops/elementwise.js';
import { matMul } from '../../../compiler/ops/mat-mul.js';
import { optimising } from '../../../compiler/passes/index.js';
import { inBfloat16 } from '../../../compiler/passes/precision.js';

import { inputText, layerText } from '../../support/lowered.js';
import { requireNative } from '../../support/require-native.js';
import { runModel } from '../../support/run-model.js';
import { runOps, sharedThread } from '../../support/run-ops.js';

/** Of a rounded number, relative: 8 bits, to the nearest. */
const roundoff = 2 ** -9;

const rounded = async (data: readonly number[]): Promise<readonly number[]> => {
  const [result] = await runOps(
    [{ shape: [data.length], data }],
    (builder, [x]) => {
      if (x === undefined) return [];
      const low = builder.apply(toBfloat16, [x], none);
      return [builder.apply(fromBfloat16, [low], none)];
    },
  );
  return result?.data ?? [];
};

describe('Products in bfloat16', () => {
  before(function () {
    requireNative(this);
  });

  it('round to the nearest number of 8 bits, to the even one between two', async () => {
    const far = 225.6 * 2 ** 120;
    expect(await rounded([1, 257, 259, 1 / 3, far])).to.deep.equal([
      1,
      256,
      260,
      171 / 512,
      226 * 2 ** 120,
    ]);
  });

  it('are summed in float32 by every kernel that is always taken', async () => {
    const count = 4096;
    const ones = (...shape: readonly number[]) => ({
      shape,
      data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1),
    });
    const flags = { transposeA: false, transposeB: false };
    const sums = await runOps(
      [
        ones(1, count),
        ones(count, 1),
        ones(1, 1, count),
        ones(1, count, 1),
        ones(1, 1, 1, count),
        ones(1, 1, count, 1),
      ],
      (builder, inputs) => {
        const low = inputs.map((x) => builder.apply(toBfloat16, [x], none));
        const products = [
          builder.apply(matMul, low.slice(0, 2), flags),
          builder.apply(batchMatMul, low.slice(2, 4), flags),
          builder.apply(conv2d, low.slice(4, 6), {
            kernel: [1, 1],
            strides: [1, 1],
            dilations: [1, 1],
            margins: [
              [0, 0],
              [0, 0],
            ],
            groups: 1,
            format: 'NHWC',
          }),
        ];
        return products.map((y) => builder.apply(fromBfloat16, [y], none));
      },
    );
    expect(sums.map(({ data }) => data[0])).to.deep.equal([
      count,
      count,
      count,
    ]);
  });

  it('give the numbers of float32 but for roundings', async () => {
    const text =
      inputText('x', [2, 6, 9, 8]) +
      layerText(
        'c',
        'Convolution',
        'x',
        'convolution_param { num_output: 8 kernel_size: 3 pad: 1 stride: 2 }',
      ) +
      layerText('r', 'ReLU', 'c') +
      layerText(
        'd',
        'Convolution',
        'r',
        'convolution_param { num_output: 6 kernel_size: 1 }',
      ) +
      layerText(
        'ip',
        'InnerProduct',
        'd',
        'inner_product_param { num_output: 5 }',
      );
    const results = await Promise.all(
      [optimising, inBfloat16(optimising, { sumInFloat32: false })].map(
        async (pipeline) => {
          const source = { name: 'net.prototxt', text };
          const { model } = compile(source, { dialect: 'ran', pipeline });
          if (model === undefined) throw new Error('not compiled');
          const outputs = await runModel(await sharedThread(), model);
          return Array.from(outputs.get('ip')?.data as Float32Array);
        },
      ),
    );
    const [exact = [], low = []] = results;
    const size = Math.max(...exact.map(Math.abs));
    const furthest = Math.max(
      ...exact.map((value, at) => Math.abs(value - (low[at] ?? NaN))),
    );
    // Three products after one another, each with two rounded operands and a rounded result.
    expect(furthest / size).to.be.below(9 * roundoff);
    expect(furthest / size).to.be.above(roundoff / 100);
  });
});
