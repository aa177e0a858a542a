import { expect } from 'chai';

import type { Builder } from '../../../compiler/ir/builder.js';
import type { OpDefinition, Value } from '../../../compiler/ir/graph.js';
import { float32, type Shape } from '../../../compiler/ir/types.js';
import { concat, pad, slice } from '../../../compiler/ops/axis-ops.js';
import { batchMatMul } from '../../../compiler/ops/batch-mat-mul.js';
import { batchNormalization } from '../../../compiler/ops/batch-normalization.js';
import { constant, tap } from '../../../compiler/ops/constant.js';
import { conv2d, imageGradient } from '../../../compiler/ops/convolution.js';
import {
  logSoftmax,
  softmaxCrossEntropy,
} from '../../../compiler/ops/cross-entropy.js';
import { differentiateAs } from '../../../compiler/ops/differentiate-as.js';
import * as elementwise from '../../../compiler/ops/elementwise.js';
import { lrn, resizeBilinear } from '../../../compiler/ops/image-ops.js';
import { ops } from '../../../compiler/ops/index.js';
import { gather, pick, sumRows } from '../../../compiler/ops/index-ops.js';
import { matMul } from '../../../compiler/ops/mat-mul.js';
import { averagePool, maxPool } from '../../../compiler/ops/pooling.js';
import {
  broadcast,
  broadcastLike,
  reduceMean,
  reduceSum,
} from '../../../compiler/ops/reductions.js';
import { repeatPixels } from '../../../compiler/ops/repeat-pixels.js';
import { scaleBy } from '../../../compiler/ops/scale-by.js';
import { reshape, transpose } from '../../../compiler/ops/shape-ops.js';
import { softmax } from '../../../compiler/ops/softmax.js';
import { split } from '../../../compiler/ops/split.js';
import { reverse, stridedSlice } from '../../../compiler/ops/stride-ops.js';
import { tile } from '../../../compiler/ops/tile.js';
import {
  conv3d,
  conv3dVolumeGradient,
} from '../../../compiler/ops/volume-convolution.js';
import type { Conv2dAttributes } from '../../../compiler/ops/window.js';

import { type Checked, checkGradients } from '../../support/gradient-check.js';
import { requireNative } from '../../support/require-native.js';

/** One op of all inputs. */
const of = <A extends object>(
  definition: OpDefinition<A>,
  attributes: A,
  inputs: readonly Shape[],
  more: Partial<Checked> = {},
): Checked => ({
  inputs,
  build: (builder, given) => builder.applyAll(definition, given, attributes),
  ...more,
});

const { none } = elementwise;

/** An op without attributes. */
const plain = (
  definition: OpDefinition<elementwise.NoAttributes>,
  inputs: readonly Shape[],
  more: Partial<Checked> = {},
): Checked => of(definition, none, inputs, more);

const image: Shape = [2, 3, 3, 2];
const unary = (
  definition: OpDefinition<elementwise.NoAttributes>,
  more: Partial<Checked> = {},
): Checked => plain(definition, [image], more);

const positive = { range: [0.5, 1.5] } as const;

const integers = (builder: Builder, list: readonly number[]): Value =>
  builder.apply(constant, [], {
    tensor: {
      type: { dtype: 'int32', shape: [list.length] },
      data: Int32Array.from(list),
    },
  });

const number = (builder: Builder, value: number): Value =>
  builder.apply(constant, [], {
    tensor: { type: float32([]), data: Float32Array.of(value) },
  });

const window: Conv2dAttributes = {
  kernel: [3, 2],
  strides: [1, 1],
  dilations: [1, 1],
  margins: [
    [0, 0],
    [0, 0],
  ],
  groups: 1,
  format: 'NCHW',
};

/** A convolution of an image of 4 channels to 4. */
const convolution = (
  more: Partial<Conv2dAttributes> = {},
  size: readonly [number, number] = [5, 4],
): Checked => {
  const attributes = { ...window, ...more };
  const filter = [4, 4 / attributes.groups, ...attributes.kernel];
  return of(conv2d, attributes, [[2, 4, ...size], filter]);
};

/** The transposed convolution to an image of that size. */
const transposed = (
  more: Partial<Conv2dAttributes>,
  [high, wide]: readonly [number, number],
  [height, width]: readonly [number, number],
): Checked => {
  const attributes = { ...window, ...more };
  const filter = [4, 4 / attributes.groups, ...attributes.kernel];
  return {
    inputs: [filter, [2, 4, high, wide]],
    build: (builder, [weights, x]) =>
      weights === undefined || x === undefined
        ? []
        : [
            imageGradient(builder, weights, x, {
              ...attributes,
              shape: [2, 4, height, width],
            }),
          ],
  };
};

const products = [false, true].flatMap((transposeA) =>
  [false, true].map((transposeB) => ({ transposeA, transposeB })),
);

const matrices = (
  { transposeA, transposeB }: (typeof products)[number],
  outer: Shape,
): readonly Shape[] => [
  [...outer, ...(transposeA ? [4, 3] : [3, 4])],
  [...outer, ...(transposeB ? [2, 4] : [4, 2])],
];

/**
 * By a name that begins with the op's. In one table, however long: the last test asks that
 * every op with a gradient is in it.
 */
const checks: Readonly<Record<string, Checked>> = {
  abs: unary(elementwise.abs, { kink: 0 }),
  elu: unary(elementwise.elu, { kink: 0 }),
  exp: unary(elementwise.exp),
  log: unary(elementwise.log, positive),
  identity: unary(elementwise.identity),
  negate: unary(elementwise.negate),
  relu: unary(elementwise.relu, { kink: 0 }),
  rsqrt: unary(elementwise.rsqrt, positive),
  sigmoid: unary(elementwise.sigmoid),
  sqrt: unary(elementwise.sqrt, positive),
  square: unary(elementwise.square),
  tanh: unary(elementwise.tanh),
  softplus: unary(elementwise.softplus),
  'leakyRelu, slope 0.2': of(elementwise.leakyRelu, { slope: 0.2 }, [image], {
    kink: 0,
  }),
  'leakyRelu, slope -0.5': of(elementwise.leakyRelu, { slope: -0.5 }, [image], {
    kink: 0,
  }),
  tap: of(tap, { name: 'a/0' }, [image]),
  scaleBy: of(scaleBy, { factor: -2.5 }, [image]),
  add: plain(elementwise.add, [image, image]),
  'add, broadcast': plain(elementwise.add, [image, [3, 1, 2]]),
  subtract: plain(elementwise.subtract, [image, [1, 3, 1, 1]]),
  multiply: plain(elementwise.multiply, [image, [2]]),
  'multiply, both broadcast': plain(elementwise.multiply, [
    [2, 1, 3],
    [4, 1],
  ]),
  divide: plain(elementwise.divide, [image, [3, 1, 1]], positive),
  divideNoNan: plain(elementwise.divideNoNan, [image, []], positive),
  maximum: {
    inputs: [[3, 8]],
    distinct: true,
    build: (builder, [x]) =>
      x === undefined
        ? []
        : [
            builder.apply(
              elementwise.maximum,
              builder.applyAll(split, [x], { axis: 1, count: 2 }),
              none,
            ),
          ],
  },
  minimum: {
    inputs: [[3, 8]],
    distinct: true,
    build: (builder, [x]) =>
      x === undefined
        ? []
        : [
            builder.apply(
              elementwise.minimum,
              builder.applyAll(split, [x], { axis: 1, count: 2 }),
              none,
            ),
          ],
  },
  power: {
    inputs: [image],
    ...positive,
    build: (builder, x) => [
      builder.apply(elementwise.power, [...x, number(builder, -1.5)], none),
    ],
  },
  'power, 3 of any sign': {
    inputs: [image],
    build: (builder, x) => [
      builder.apply(elementwise.power, [...x, number(builder, 3)], none),
    ],
  },
  differentiateAs: {
    inputs: [image],
    build: (builder, x) => {
      const squares = builder.apply(elementwise.square, x, none);
      return [builder.apply(differentiateAs, [squares, squares], none)];
    },
  },
  concat: of(concat, { axis: 1 }, [image, [2, 1, 3, 2], [2, 2, 3, 2]]),
  slice: of(slice, { begin: [0, 1, 1, 0], size: [2, 2, 1, 2] }, [image]),
  pad: of(
    pad,
    {
      paddings: [
        [0, 0],
        [1, 0],
        [0, 2],
        [1, 1],
      ],
      value: 3,
    },
    [image],
  ),
  reshape: of(reshape, { shape: [6, 6] }, [image]),
  transpose: of(transpose, { permutation: [2, 0, 3, 1] }, [image]),
  reverse: of(reverse, { axes: [1, 3] }, [image]),
  stridedSlice: of(
    stridedSlice,
    { begin: [0, 1, 0, 1], size: [2, 2, 2, 1], strides: [1, 1, 2, 2] },
    [[2, 3, 4, 4]],
  ),
  split: of(split, { axis: 1, count: 3 }, [image]),
  'split, one part read': {
    inputs: [image],
    build: (builder, x) =>
      builder.applyAll(split, x, { axis: 2, count: 3 }).slice(1, 2),
  },
  tile: of(tile, { axis: 1, tiles: 3 }, [image]),
  broadcast: of(broadcast, { shape: [2, 3, 4] }, [[3, 1]]),
  broadcastLike: of(
    broadcastLike,
    {},
    [
      [3, 1],
      [2, 3, 4],
    ],
    { wanted: [0] },
  ),
  reduceSum: of(reduceSum, { axes: [1, 3] }, [image]),
  reduceMean: of(reduceMean, { axes: [0, 2] }, [image]),
  'softmax over channels': of(softmax, { axis: 1 }, [image]),
  'softmax over the last axis': of(softmax, { axis: 2 }, [[2, 2, 4]]),
  logSoftmax: plain(logSoftmax, [[3, 4]]),
  softmaxCrossEntropy: {
    inputs: [[3, 4]],
    build: (builder, x) =>
      builder
        .applyAll(
          softmaxCrossEntropy,
          [...x, integers(builder, [2, 0, 3])],
          none,
        )
        .slice(0, 1),
  },
  gather: {
    inputs: [[4, 3]],
    build: (builder, x) => [
      builder.apply(gather, [...x, integers(builder, [1, 3, 1])], none),
    ],
  },
  pick: {
    inputs: [[3, 4]],
    build: (builder, x) => [
      builder.apply(pick, [...x, integers(builder, [1, 3, 1])], none),
    ],
  },
  sumRows: {
    inputs: [[4, 2]],
    build: (builder, x) => [
      builder.apply(sumRows, [...x, integers(builder, [1, 2, 1, 0])], {
        rows: 4,
      }),
    ],
  },
  ...Object.fromEntries(
    products.flatMap((flags) => {
      const words = `${flags.transposeA ? 'A transposed' : 'A'}, ${flags.transposeB ? 'B transposed' : 'B'}`;
      return [
        [`matMul of ${words}`, of(matMul, flags, matrices(flags, []))],
        [
          `batchMatMul of ${words}`,
          of(batchMatMul, flags, matrices(flags, [2])),
        ],
      ];
    }),
  ),
  conv2d: convolution(),
  'conv2d, strides that leave a rest': convolution({ strides: [2, 3] }),
  'conv2d, SAME': convolution({
    kernel: [3, 3],
    margins: [
      [1, 1],
      [1, 1],
    ],
  }),
  'conv2d, uneven margins': convolution({
    margins: [
      [2, 0],
      [0, 1],
    ],
    strides: [2, 1],
  }),
  'conv2d, dilated': convolution({ dilations: [2, 2], kernel: [2, 2] }),
  'conv2d, groups': convolution({ groups: 2 }),
  'conv2d, groups, strides, margins': convolution({
    groups: 2,
    strides: [2, 2],
    margins: [
      [1, 0],
      [1, 1],
    ],
  }),
  'conv2d, groups, dilated': convolution({
    groups: 2,
    kernel: [2, 2],
    dilations: [2, 1],
  }),
  'conv2d, depthwise': convolution({
    groups: 4,
    kernel: [3, 3],
    margins: [
      [1, 1],
      [1, 1],
    ],
  }),
  'conv2d, depthwise, strides that leave a rest': convolution(
    { groups: 4, strides: [2, 2], kernel: [2, 2] },
    [5, 5],
  ),
  'conv2d, depthwise, dilated': convolution({
    groups: 4,
    kernel: [2, 2],
    dilations: [2, 2],
  }),
  'conv2d, two outputs of each channel': of(conv2d, { ...window, groups: 2 }, [
    [2, 2, 4, 3],
    [4, 1, 3, 2],
  ]),
  conv2dImageGradient: transposed({}, [3, 3], [5, 4]),
  'conv2dImageGradient, strides': transposed(
    { strides: [2, 2], kernel: [3, 3] },
    [2, 2],
    [5, 5],
  ),
  'conv2dImageGradient, margins': transposed(
    {
      strides: [2, 2],
      kernel: [4, 4],
      margins: [
        [1, 1],
        [1, 1],
      ],
    },
    [2, 3],
    [4, 6],
  ),
  'conv2dImageGradient, depthwise': transposed(
    { groups: 4, strides: [2, 2], kernel: [2, 2] },
    [2, 2],
    [4, 4],
  ),
  'the image gradient with groups': transposed(
    { groups: 2, strides: [2, 2], kernel: [2, 2] },
    [2, 2],
    [4, 4],
  ),
  conv3d: of(conv3d, { strides: [1, 2, 1], dilations: [1, 1, 1] }, [
    [1, 3, 4, 3, 2],
    [2, 2, 2, 2, 3],
  ]),
  'conv3d, dilated': of(conv3d, { strides: [1, 1, 1], dilations: [2, 1, 2] }, [
    [1, 4, 3, 4, 2],
    [2, 2, 2, 2, 2],
  ]),
  conv3dVolumeGradient: of(
    conv3dVolumeGradient,
    { strides: [1, 2, 1], dilations: [1, 1, 1], shape: [1, 3, 4, 3, 2] },
    [
      [2, 2, 2, 2, 3],
      [1, 2, 2, 2, 3],
    ],
  ),
  maxPool: of(maxPool, { ...window, kernel: [2, 2] }, [[1, 2, 4, 4]], {
    distinct: true,
  }),
  'maxPool, margins': of(
    maxPool,
    {
      ...window,
      kernel: [3, 3],
      strides: [2, 2],
      margins: [
        [1, 0],
        [0, 1],
      ],
    },
    [[1, 2, 4, 4]],
    { distinct: true },
  ),
  averagePool: of(averagePool, { ...window, strides: [2, 2] }, [[2, 2, 5, 4]]),
  'lrn, fewer neighbours than channels': of(
    lrn,
    { radius: 1, alpha: 0.5, beta: 0.75, bias: 1, format: 'NCHW' },
    [[1, 4, 2, 2]],
  ),
  'lrn, more': of(
    lrn,
    { radius: 3, alpha: 0.5, beta: 0.75, bias: 2, format: 'NCHW' },
    [[1, 3, 2, 2]],
  ),
  repeatPixels: of(repeatPixels, { factors: [2, 3], format: 'NCHW' }, [
    [2, 3, 3, 2],
  ]),
  resizeBilinear: of(resizeBilinear, { height: 5, width: 3, format: 'NCHW' }, [
    image,
  ]),
  'resizeBilinear, smaller': of(
    resizeBilinear,
    { height: 2, width: 1, format: 'NCHW' },
    [image],
  ),
  batchNormalization: {
    inputs: [[3, 2, 2, 2], [2], [2]],
    build: (builder, inputs) =>
      builder
        .applyAll(batchNormalization, inputs, { epsilon: 1e-3, format: 'NCHW' })
        .slice(0, 1),
  },
};

describe('Gradients of ops', () => {
  before(function () {
    requireNative(this);
  });

  const covered = new Set<string>();

  for (const [name, checked] of Object.entries(checks)) {
    it(`are those of small steps: ${name}`, async () => {
      const { ops: made, compared, faults } = await checkGradients(checked);
      for (const op of made) covered.add(op);
      expect(compared).to.be.greaterThan(0);
      expect(faults).to.deep.equal([]);
    });
  }

  it('are all checked', () => {
    const differentiable = Object.values(ops)
      .filter(({ gradient }) => gradient !== null)
      .map(({ name }) => name);
    expect(differentiable.filter((name) => !covered.has(name))).to.deep.equal(
      [],
    );
  });
});
