import { expect } from 'chai';

import { InternalError } from '../../../compiler/diagnostics.js';
import { float32 } from '../../../compiler/ir/types.js';
import { none } from '../../../compiler/ops/elementwise.js';
import {
  biasAdd,
  lrn,
  resizeBilinear,
} from '../../../compiler/ops/image-ops.js';

import { requireNative } from '../../support/require-native.js';
import { runOps } from '../../support/run-ops.js';

describe('Ops on images', () => {
  before(function () {
    requireNative(this);
  });

  it('keep the corners where they resize', async () => {
    const x = { shape: [1, 2, 2, 1], data: [0, 2, 4, 6] };
    const [y] = await runOps([x], (builder, inputs) => [
      builder.apply(resizeBilinear, inputs, {
        height: 3,
        width: 3,
        format: 'NHWC',
      }),
    ]);
    expect(y).to.deep.equal({
      shape: '1x3x3x1',
      data: [0, 1, 2, 2, 3, 4, 4, 5, 6],
    });
  });

  it('normalise across channels', async () => {
    const x = { shape: [1, 1, 1, 3], data: [1, 2, 3] };
    const [y] = await runOps([x], (builder, inputs) => [
      builder.apply(lrn, inputs, {
        radius: 1,
        alpha: 1,
        beta: 1,
        bias: 1,
        format: 'NHWC',
      }),
    ]);
    const expected = [1 / 6, 2 / 15, 3 / 14];
    y?.data.forEach((value, at) => {
      expect(value).to.be.closeTo(expected[at] ?? NaN, 1e-6);
    });
  });

  it('add a bias to the last axis', async () => {
    const [y] = await runOps(
      [
        { shape: [2, 2], data: [1, 2, 3, 4] },
        { shape: [2], data: [10, 20] },
      ],
      (builder, inputs) => [builder.apply(biasAdd, inputs, none)],
    );
    expect(y?.data).to.deep.equal([11, 22, 13, 24]);
    const types = [float32([2, 2]), float32([3])];
    expect(() => biasAdd.infer(types, none)).to.throw(InternalError);
  });
});
