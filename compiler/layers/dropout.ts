import { less, none } from '../ops/elementwise.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape, multiply, scalar, subtract } from './operands.js';

/**
 * Dropout (dropout_layer.cpp).
 *
 * - C1: TEST: its bottom, unchanged.
 * - C2: TRAIN: each number is 0 with the probability `dropout_ratio`, else it is divided by
 *   1 - dropout_ratio; the gradient has the same zeros and the same divisor. Each iteration
 *   draws anew.
 */
export const dropout = defineLayer({
  type: 'Dropout',
  bottoms: exactly(1),
  tops: exactly(1),
  setUp(context) {
    const param = context.message.get('dropout_param');
    const shape = bottomShape(context);
    const ratio = param.get('dropout_ratio');
    if (ratio < 0 || ratio >= 1) {
      return context.refuse(
        `dropout_ratio must be at least 0 and less than 1, not ${ratio}`,
        param.spanOf('dropout_ratio'),
      );
    }
    return {
      tops: [shape],
      lower: (lowering) => {
        const { builder, bottoms } = lowering;
        if (context.phase === 'TEST') return bottoms;
        const drawn = lowering.random(shape);
        const dropped = builder.apply(
          less,
          [drawn, scalar(builder, ratio)],
          none,
        );
        const kept = subtract(builder, scalar(builder, 1), dropped);
        const factor = scalar(builder, 1 / (1 - ratio));
        const mask = multiply(builder, kept, factor);
        return [multiply(builder, bottom({ bottoms }), mask)];
      },
    };
  },
});
