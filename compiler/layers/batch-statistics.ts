import { invariant } from '../diagnostics.js';
import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { elementCount, float32, type Shape, sizeAt } from '../ir/types.js';
import { batchNormalization } from '../ops/batch-normalization.js';
import { constant } from '../ops/constant.js';
import { add, multiply, reshaped, scalar } from './operands.js';

/** N, C and one or two axes more: the rest of the axes, as one where there are others. */
function imageOf(shape: Shape): Shape {
  if (shape.length === 4) return shape;
  const [batch = 1, channels = 1, ...rest] = shape;
  return [batch, channels, elementCount(rest), 1];
}

/** As many equal numbers as there are channels. */
export const perChannel = (
  builder: Builder,
  channels: number,
  value: number,
): Value =>
  builder.apply(constant, [], {
    tensor: {
      type: float32([channels]),
      data: new Float32Array(channels).fill(value),
    },
  });

/** What a batch comes to; statistics are vectors, one number for each channel. */
export interface Normalized {
  readonly y: Value;
  readonly mean: Value;
  /** Divided by m, the numbers that a channel has in the batch. */
  readonly variance: Value;
  /** Divided by m - 1. */
  readonly unbiasedVariance: Value;
}

interface Factors {
  readonly scale: Value;
  readonly offset: Value;
  readonly epsilon: number;
}

/** (x - mean) / sqrt(variance + epsilon) * scale + offset, with the statistics of the batch. */
export function normalizedByBatch(
  builder: Builder,
  x: Value,
  { scale, offset, epsilon }: Factors,
): Normalized {
  const { shape } = x.type;
  const image = imageOf(shape);
  const channels = sizeAt(image, 1);
  const count = elementCount(shape) / channels;
  const vector = (value: Value) => reshaped(builder, value, [channels]);
  const [y, mean, unbiasedVariance] = builder.applyAll(
    batchNormalization,
    [reshaped(builder, x, image), vector(scale), vector(offset)],
    { epsilon, format: 'NCHW' },
  );
  invariant(
    y !== undefined && mean !== undefined && unbiasedVariance !== undefined,
    'batchNormalization has too few outputs',
  );
  const bias = scalar(builder, Math.max(count - 1, 1) / count);
  return {
    y: reshaped(builder, y, shape),
    mean,
    variance: multiply(builder, unbiasedVariance, bias),
    unbiasedVariance,
  };
}

/** share * before + rest * now: a step of a moving average. */
export const moved = (
  builder: Builder,
  before: Value,
  share: number,
  now: Value,
  rest: number,
): Value =>
  add(
    builder,
    multiply(builder, before, scalar(builder, share)),
    rest === 1 ? now : multiply(builder, now, scalar(builder, rest)),
  );
