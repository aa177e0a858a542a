import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { sizeAt } from '../ir/types.js';
import { none, rsqrt, stopGradient } from '../ops/elementwise.js';
import { moved, normalizedByBatch } from './batch-statistics.js';
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
  multiply,
  overChannels,
  parameter,
  reshaped,
  scalar,
  subtract,
} from './operands.js';
import { isSegNets, segNetBn, segNetOptions } from './segnet-bn.js';

const inverseRoot = (
  builder: Builder,
  variance: Value,
  epsilon: number,
): Value =>
  builder.apply(
    rsqrt,
    [add(builder, variance, scalar(builder, epsilon))],
    none,
  );

/** BN-C1, C2 and C4. */
function byMovingAverages(
  context: LowerContext,
  { epsilon, frozen, asVariance }: Stored,
): Value {
  const { builder } = context;
  const x = bottom(context);
  const over = (value: Value) =>
    overChannels(builder, value, x.type.shape.length);
  const learnt = (index: number) => {
    const value = parameter(context, index);
    return over(frozen ? builder.apply(stopGradient, [value], none) : value);
  };
  const spread = over(parameter(context, 3));
  const inverse = asVariance ? inverseRoot(builder, spread, epsilon) : spread;
  const centred = subtract(builder, x, over(parameter(context, 2)));
  const normalised = multiply(builder, centred, inverse);
  return add(builder, multiply(builder, normalised, learnt(0)), learnt(1));
}

interface Stored {
  readonly epsilon: number;
  readonly frozen: boolean;
  readonly asVariance: boolean;
}

interface Learning {
  readonly epsilon: number;
  readonly momentum: number;
  readonly asVariance: boolean;
}

/** BN-C3. */
function byBatch(
  context: LowerContext,
  { epsilon, momentum, asVariance }: Learning,
): Value {
  const { builder } = context;
  const { y, mean, variance } = normalizedByBatch(builder, bottom(context), {
    scale: parameter(context, 0),
    offset: parameter(context, 1),
    epsilon,
  });
  const average = (index: number, now: Value): void => {
    const before = parameter(context, index);
    const laid = reshaped(builder, now, before.type.shape);
    context.update(index, moved(builder, before, momentum, laid, 1 - momentum));
  };
  average(2, mean);
  average(3, asVariance ? variance : inverseRoot(builder, variance, epsilon));
  return y;
}

/**
 * BN (bn_layer.cpp of the Residual Attention Network's Caffe): batch normalisation with its
 * slope and bias in one layer.
 *
 * Bottom: N, C or N, C, H, W (at most four axes). Blobs, each 1, C, 1, 1: slope, bias, moving
 * mean, moving inverse standard deviation.
 *
 * - C1: TEST, or `frozen`: y = (x - mean) * inverse_std * slope + bias. eps plays no part,
 *   because blob 3 holds 1 / sqrt(variance + eps) already.
 * - C2: with `--bn-statistics variance` blob 3 holds a variance instead (other forks), and
 *   the inverse is taken of variance + eps.
 * - C3: TRAIN: y = (x - mean) / sqrt(variance + eps) * slope + bias with the statistics of the
 *   batch, the variance divided by m. Afterwards blobs 2 and 3 are momentum * blob +
 *   (1 - momentum) * (mean, and 1 / sqrt(variance + eps) or the variance) of the batch.
 * - C4: `frozen`: slope and bias get no gradient.
 * - C5: without fillers slope, bias and mean start at 0, the inverse standard deviation at 1.
 * - C6: with SegNet's fields it is SegNet's layer of this name, with two blobs, scale and shift:
 *   scale * x + shift with `bn_mode: INFERENCE`; by default x is normalised by the batch before,
 *   in TEST too.
 */
export const bn = defineLayer({
  type: 'BN',
  bottoms: exactly(1),
  tops: exactly(1),
  foreignOptions: segNetOptions,
  setUp(context) {
    const param = context.message.get('bn_param');
    const shape = bottomShape(context);
    if (shape.length < 2 || shape.length > 4) {
      return context.refuse(
        `its bottom must have 2 to 4 axes, not ${shape.length}`,
        context.message.spanOf('bottom', 0),
      );
    }
    if (isSegNets(param)) return segNetBn(param, shape);
    const frozen = param.get('frozen');
    const epsilon = param.get('eps');
    const momentum = param.get('momentum');
    const asVariance = context.bnStatistics === 'variance';
    const blob = [1, sizeAt(shape, 1), 1, 1];
    return {
      tops: [shape],
      parameters: [
        { shape: blob, filler: param.get('slope_filler') },
        { shape: blob, filler: param.get('bias_filler') },
        { shape: blob, filler: startsAt(0), statistics: true },
        { shape: blob, filler: startsAt(1), statistics: true },
      ],
      lower: (lowering) =>
        context.phase === 'TRAIN' && !frozen
          ? [byBatch(lowering, { epsilon, momentum, asVariance })]
          : [byMovingAverages(lowering, { epsilon, frozen, asVariance })],
    };
  },
});
