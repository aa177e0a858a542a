import { expect } from 'chai';

import {
  averagePool,
  maxPool,
  type PoolAttributes,
} from '../../../compiler/ops/pooling.js';

import { requireNative } from '../../support/require-native.js';
import { runOps } from '../../support/run-ops.js';

const attributes: PoolAttributes = {
  kernel: [2, 2],
  strides: [1, 1],
  dilations: [1, 1],
  margins: [
    [0, 0],
    [0, 0],
  ],
  format: 'NHWC',
};
const x = { shape: [1, 2, 3, 1], data: [-1, -2, -3, -4, -5, -6] };

describe('Pools', () => {
  before(function () {
    requireNative(this);
  });

  it('take the largest and the mean of each window', async () => {
    const [largest, mean] = await runOps([x], (builder, inputs) => [
      builder.apply(maxPool, inputs, attributes),
      builder.apply(averagePool, inputs, attributes),
    ]);
    expect(largest).to.deep.equal({ shape: '1x1x2x1', data: [-1, -2] });
    expect(mean).to.deep.equal({ shape: '1x1x2x1', data: [-3, -4] });
  });

  it('let no margin win', async () => {
    const [largest] = await runOps([x], (builder, inputs) => [
      builder.apply(maxPool, inputs, {
        ...attributes,
        margins: [
          [0, 1],
          [0, 1],
        ],
      }),
    ]);
    expect(largest?.data).to.deep.equal([-1, -2, -3, -4, -5, -6]);
  });
});
