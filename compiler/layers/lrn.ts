import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { pad } from '../ops/axis-ops.js';
import { none, power, square } from '../ops/elementwise.js';
import { lrn as lrnOp } from '../ops/image-ops.js';
import { averagePool } from '../ops/pooling.js';
import { defineLayer, exactly } from './define-layer.js';
import { add, bottom, bottomShape, multiply, scalar } from './operands.js';

/** x * (1 + alpha * mean of squares around) ^ -beta; the mean divides by size * size always. */
function withinChannel(
  builder: Builder,
  x: Value,
  size: number,
  alpha: number,
  beta: number,
): Value {
  const reach = (size - 1) / 2;
  const padded = builder.apply(pad, [builder.apply(square, [x], none)], {
    paddings: [
      [0, 0],
      [0, 0],
      [reach, reach],
      [reach, reach],
    ],
    value: 0,
  });
  const mean = builder.apply(averagePool, [padded], {
    kernel: [size, size],
    strides: [1, 1],
    dilations: [1, 1],
    margins: [
      [0, 0],
      [0, 0],
    ],
    format: 'NCHW',
  });
  const base = add(
    builder,
    multiply(builder, mean, scalar(builder, alpha)),
    scalar(builder, 1),
  );
  const factor = builder.apply(power, [base, scalar(builder, -beta)], none);
  return multiply(builder, x, factor);
}

/**
 * LRN (lrn_layer.cpp): each number divided by a power of the squares around it.
 *
 * - C1: ACROSS_CHANNELS: x / (k + alpha / n * sum of squares of n channels) ^ beta.
 * - C2: WITHIN_CHANNEL: the mean of squares in an n x n window (zeros outside count); `k`
 *   plays no part, it is 1.
 * - C3: `local_size` is odd.
 */
export const lrn = defineLayer({
  type: 'LRN',
  bottoms: exactly(1),
  tops: exactly(1),
  setUp(context) {
    const param = context.message.get('lrn_param');
    const shape = bottomShape(context);
    const size = param.get('local_size');
    if (size % 2 === 0) {
      return context.refuse(
        `local_size must be odd, not ${size}`,
        param.spanOf('local_size'),
      );
    }
    if (shape.length !== 4) {
      return context.refuse(
        `its bottom must have 4 axes, not ${shape.length}`,
        context.message.spanOf('bottom', 0),
      );
    }
    const across = param.get('norm_region') === 'ACROSS_CHANNELS';
    const alpha = param.get('alpha');
    const beta = param.get('beta');
    return {
      tops: [shape],
      lower: ({ builder, bottoms }) => {
        const x = bottom({ bottoms });
        if (!across) return [withinChannel(builder, x, size, alpha, beta)];
        return [
          builder.apply(lrnOp, [x], {
            radius: (size - 1) / 2,
            alpha: alpha / size,
            beta,
            bias: param.get('k'),
            format: 'NCHW',
          }),
        ];
      },
    };
  },
});
