import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { float32 } from '../ir/types.js';
import { pad } from '../ops/axis-ops.js';
import { constant } from '../ops/constant.js';
import {
  greaterEqual,
  none,
  square,
  stopGradient,
} from '../ops/elementwise.js';
import { maxPoolIndex } from '../ops/max-pool-index.js';
import { averagePool, maxPool, type PoolAttributes } from '../ops/pooling.js';
import { reduceMean } from '../ops/reductions.js';
import { stridedSlice } from '../ops/stride-ops.js';
import type { LowerContext, Phase } from './define-layer.js';
import { kernelPlaces } from './kernel-geometry.js';
import { add, divideNoNan, multiply, scalar, subtract } from './operands.js';
import {
  coversImage,
  type PoolGeometry,
  poolMargins,
  windowSizes,
} from './pool-geometry.js';

const windowOf = (geometry: PoolGeometry): PoolAttributes => ({
  kernel: geometry.kernel,
  strides: geometry.strides,
  dilations: [1, 1],
  margins: poolMargins(geometry),
  format: 'NCHW',
});

/** The image with zeros where windows reach outside of it. */
function surrounded(builder: Builder, x: Value, geometry: PoolGeometry): Value {
  const margins = poolMargins(geometry);
  return margins.flat().every((size) => size === 0)
    ? x
    : builder.apply(pad, [x], {
        paddings: [[0, 0], [0, 0], ...margins],
        value: 0,
      });
}

/** Sum over each window divided by the cells of the whole kernel. */
const sharesOfKernel = (
  builder: Builder,
  x: Value,
  geometry: PoolGeometry,
): Value =>
  builder.apply(averagePool, [surrounded(builder, x, geometry)], {
    ...windowOf(geometry),
    margins: [
      [0, 0],
      [0, 0],
    ],
  });

/** Sum over each window divided by the cells that Pooling-C3 counts. */
export function averages(
  builder: Builder,
  x: Value,
  geometry: PoolGeometry,
): Value {
  if (coversImage(geometry)) {
    return builder.apply(reduceMean, [x], { axes: [2, 3] });
  }
  const mean = sharesOfKernel(builder, x, geometry);
  const area = geometry.kernel[0] * geometry.kernel[1];
  const widths = windowSizes(geometry, 1);
  const corrections = windowSizes(geometry, 0).flatMap((high) =>
    widths.map((wide) => area / (high * wide)),
  );
  if (corrections.every((factor) => factor === 1)) return mean;
  const factors = builder.apply(constant, [], {
    tensor: {
      type: float32([1, 1, ...geometry.pooled]),
      data: Float32Array.from(corrections),
    },
  });
  return multiply(builder, mean, factors);
}

/** The largest of each window. */
const largest = (builder: Builder, x: Value, geometry: PoolGeometry): Value =>
  builder.apply(maxPool, [x], windowOf(geometry));

/** Pooling-C5: where they lie. */
export const placesOfLargest = (
  builder: Builder,
  x: Value,
  geometry: PoolGeometry,
): Value => builder.apply(maxPoolIndex, [x], windowOf(geometry));

/** Pooling-C6, in TEST: the mean of each window, weighted by the numbers themselves. */
function expected(builder: Builder, x: Value, geometry: PoolGeometry): Value {
  const squares = builder.apply(square, [x], none);
  return divideNoNan(
    builder,
    sharesOfKernel(builder, squares, geometry),
    sharesOfKernel(builder, x, geometry),
  );
}

/**
 * Pooling-C6, in TRAIN: the first number of each window at which the sum so far reaches a
 * random share of the whole sum.
 */
function drawn(context: LowerContext, x: Value, geometry: PoolGeometry): Value {
  const { builder } = context;
  const { kernel, strides, pooled } = geometry;
  const [batch = 1, channels = 1] = x.type.shape;
  const padded = surrounded(builder, x, geometry);
  const size = [batch, channels, ...pooled];
  const read = kernelPlaces({ kernel, dilations: [1, 1] }).map((place) =>
    builder.apply(stridedSlice, [padded], {
      begin: [0, 0, ...place],
      size,
      strides: [1, 1, ...strides],
    }),
  );
  const sums: Value[] = [];
  for (const value of read) {
    const before = sums.at(-1);
    sums.push(before === undefined ? value : add(builder, before, value));
  }
  const whole = sums.at(-1) ?? scalar(builder, 0);
  const threshold = multiply(builder, context.random(size), whole);
  let chosen = scalar(builder, 0);
  let reachedBefore = scalar(builder, 0);
  read.forEach((value, at) => {
    const sum = sums[at] ?? whole;
    const reached = builder.apply(greaterEqual, [sum, threshold], none);
    const mask = subtract(builder, reached, reachedBefore);
    const fixed = builder.apply(stopGradient, [mask], none);
    chosen = add(builder, chosen, multiply(builder, value, fixed));
    reachedBefore = reached;
  });
  return chosen;
}

export type PoolMethod = 'MAX' | 'AVE' | 'STOCHASTIC';

/** Whether a word, which may be one that the schema does not know, names a method. */
export const isPoolMethod = (word: string): word is PoolMethod =>
  ['MAX', 'AVE', 'STOCHASTIC'].includes(word);

/** One number for each window of x (N, C, H, W). */
export function pooled(
  context: LowerContext,
  x: Value,
  geometry: PoolGeometry,
  method: PoolMethod,
  phase: Phase,
): Value {
  const { builder } = context;
  switch (method) {
    case 'MAX':
      return largest(builder, x, geometry);
    case 'AVE':
      return averages(builder, x, geometry);
    case 'STOCHASTIC':
      return phase === 'TRAIN'
        ? drawn(context, x, geometry)
        : expected(builder, x, geometry);
  }
}
