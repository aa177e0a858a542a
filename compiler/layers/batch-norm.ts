import type { Value } from '../ir/graph.js';
import { sizeAt } from '../ir/types.js';
import { none, rsqrt } from '../ops/elementwise.js';
import { moved, normalizedByBatch, perChannel } from './batch-statistics.js';
import {
  defineLayer,
  exactly,
  type LowerContext,
  startsAt,
} from './define-layer.js';
import {
  add,
  bottom,
  bottomShape,
  divideNoNan,
  multiply,
  overChannels,
  parameter,
  scalar,
  subtract,
} from './operands.js';

/** The blobs that every BatchNorm has. */
const statistics = 3;

/** BatchNorm-C1. */
function byMovingAverages(context: LowerContext, epsilon: number): Value {
  const { builder } = context;
  const x = bottom(context);
  const factor = parameter(context, 2);
  const of = (index: number) =>
    overChannels(
      builder,
      divideNoNan(builder, parameter(context, index), factor),
      x.type.shape.length,
    );
  const variance = add(builder, of(1), scalar(builder, epsilon));
  const centred = subtract(builder, x, of(0));
  const inverse = builder.apply(rsqrt, [variance], none);
  const y = multiply(builder, centred, inverse);
  if (context.parameters.length === statistics) return y;
  const { length } = x.type.shape;
  const slope = overChannels(builder, parameter(context, 3), length);
  const bias = overChannels(builder, parameter(context, 4), length);
  return add(builder, multiply(builder, y, slope), bias);
}

/** BatchNorm-C2. */
function byBatch(context: LowerContext, epsilon: number, share: number): Value {
  const { builder } = context;
  const [channels = 1] = parameter(context, 0).type.shape;
  const isScaled = context.parameters.length > statistics;
  const { y, mean, unbiasedVariance } = normalizedByBatch(
    builder,
    bottom(context),
    {
      scale: isScaled
        ? parameter(context, 3)
        : perChannel(builder, channels, 1),
      offset: isScaled
        ? parameter(context, 4)
        : perChannel(builder, channels, 0),
      epsilon,
    },
  );
  const now = [mean, unbiasedVariance, perChannel(builder, 1, 1)];
  now.forEach((value, index) => {
    const before = parameter(context, index);
    context.update(index, moved(builder, before, share, value, 1));
  });
  return y;
}

/** Fields of NVIDIA's Caffe. */
const fillers = ['scale_filler', 'bias_filler'] as const;

/**
 * BatchNorm (batch_norm_layer.cpp): normalisation without slope and bias, but with NVIDIA's
 * `scale_bias`.
 *
 * Bottom: N, C, ... (a bottom of one axis has one channel). Blobs: mean (C), variance (C),
 * and a factor (1) by which both are to be divided; 0 stands for no division's result, 0.
 * With `scale_bias: true` two more: slope (C, at first 1) and bias (C, at first 0).
 *
 * - C1: with stored statistics y = (x - mean / factor) / sqrt(variance / factor + eps).
 * - C2: with those of the batch (TRAIN, or `use_global_stats: false` in either phase)
 *   y = (x - mean) / sqrt(variance + eps), the variance divided by m. Afterwards, with
 *   f = `moving_average_fraction`, the blobs are f * mean + the batch's, f * variance +
 *   m / (m - 1) * the batch's, f * factor + 1.
 * - C3: the statistics are nothing that a solver may change: a `param` with an lr_mult other
 *   than 0 is refused.
 * - C4: with `scale_bias: true` y * slope + bias in place of y. Its fillers without it are of
 *   another fork and refused.
 */
export const batchNorm = defineLayer({
  type: 'BatchNorm',
  bottoms: exactly(1),
  tops: exactly(1),
  foreignOptions: ['scale_bias', ...fillers].map(
    (name) => `batch_norm_param.${name}`,
  ),
  setUp(context) {
    const { message, phase } = context;
    const param = message.get('batch_norm_param');
    const shape = bottomShape(context);
    const stored = param.has('use_global_stats')
      ? param.get('use_global_stats')
      : phase === 'TEST';
    const learnt = message
      .get('param')
      .slice(0, statistics)
      .find((spec) => spec.has('lr_mult') && spec.get('lr_mult') !== 0);
    if (learnt !== undefined) {
      return context.refuse(
        'its statistics cannot be learnt: lr_mult must be 0',
        learnt.spanOf('lr_mult'),
      );
    }
    const isScaled = param.get('scale_bias');
    const filler = fillers.find((name) => param.has(name));
    if (!isScaled && filler !== undefined) {
      return context.refuse(
        `${filler} without 'scale_bias: true' is not supported`,
        param.spanOf(filler),
      );
    }
    const channels = shape.length === 1 ? 1 : sizeAt(shape, 1);
    return {
      tops: [shape],
      parameters: [
        ...[[channels], [channels], [1]].map((blob) => ({
          shape: blob,
          filler: startsAt(0),
          statistics: true,
          unlearnt: true,
        })),
        ...(isScaled
          ? (
              [
                ['scale_filler', 1],
                ['bias_filler', 0],
              ] as const
            ).map(([name, start]) => ({
              shape: [channels],
              filler: param.has(name) ? param.get(name) : startsAt(start),
            }))
          : []),
      ],
      lower: (lowering) => {
        const epsilon = param.get('eps');
        if (stored) return [byMovingAverages(lowering, epsilon)];
        const share = param.get('moving_average_fraction');
        return [byBatch(lowering, epsilon, share)];
      },
    };
  },
});
