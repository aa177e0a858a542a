import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { maximum, none, sqrt, square } from '../ops/elementwise.js';
import { reduceMean } from '../ops/reductions.js';
import { defineLayer, exactly } from './define-layer.js';
import {
  add,
  bottom,
  bottomShape,
  divide,
  reshaped,
  scalar,
  subtract,
} from './operands.js';

/** The least normal float32: keeps the root of a variance of 0 from a slope without end. */
const leastFloat = 1.1754943508222875e-38;

function deviation(builder: Builder, centred: Value, axes: number[]): Value {
  const squares = builder.apply(square, [centred], none);
  const variance = builder.apply(reduceMean, [squares], { axes });
  const floor = scalar(builder, leastFloat);
  const positive = builder.apply(maximum, [variance, floor], none);
  return builder.apply(sqrt, [positive], none);
}

/**
 * MVN (mvn_layer.cpp), mean and variance normalisation: (x - mean) / (deviation + eps).
 *
 * Bottom: up to four axes, N, C, H, W; the top has four, a missing one is 1.
 *
 * - C1: the statistics are those of each image and channel, with `across_channels` of each
 *   image.
 * - C2: eps is added after the root.
 * - C3: `normalize_variance: false` takes off the mean alone.
 */
export const mvn = defineLayer({
  type: 'MVN',
  bottoms: exactly(1),
  tops: exactly(1),
  setUp(context) {
    const { message } = context;
    const param = message.get('mvn_param');
    const shape = bottomShape(context);
    if (shape.length > 4) {
      return context.refuse(
        `its bottom must have at most 4 axes, not ${shape.length}`,
        message.spanOf('bottom', 0),
      );
    }
    const [batch = 1, channels = 1, height = 1, width = 1] = shape;
    const top = [batch, channels, height, width];
    const axes = param.get('across_channels') ? [1, 2, 3] : [2, 3];
    return {
      tops: [top],
      lower: ({ builder, bottoms }) => {
        const x = reshaped(builder, bottom({ bottoms }), top);
        const mean = builder.apply(reduceMean, [x], { axes });
        const centred = subtract(builder, x, mean);
        if (!param.get('normalize_variance')) return [centred];
        const spread = deviation(builder, centred, axes);
        const divisor = add(builder, spread, scalar(builder, param.get('eps')));
        return [divide(builder, centred, divisor)];
      },
    };
  },
});
