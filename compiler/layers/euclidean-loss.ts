import { none, square } from '../ops/elementwise.js';
import { countBetween } from './axis.js';
import { defineLayer, exactly } from './define-layer.js';
import { checkFirstAxis } from './labels.js';
import { sumOf } from './loss-normalization.js';
import { bottom, bottomShape, reshaped, subtract } from './operands.js';
import { countOf, dividedBy, times } from './quantity.js';

/**
 * EuclideanLoss (euclidean_loss_layer.cpp): the sum of the squared differences over 2N. Both
 * bottoms get gradients. Top: a blob without axes.
 *
 * - C1: the bottoms agree in N and in the count of each item; their other axes may differ.
 */
export const euclideanLoss = defineLayer({
  type: 'EuclideanLoss',
  bottoms: exactly(2),
  tops: exactly(1),
  isLoss: true,
  takesDynamicItems: true,
  setUp(context) {
    const shape = bottomShape(context);
    const other = bottomShape(context, 1);
    if (!checkFirstAxis(context)) return undefined;
    if (countBetween(shape, 1) !== countBetween(other, 1)) {
      return context.refuse(
        `an item of bottom 1 has ${countBetween(other, 1)} numbers, one of bottom 0 has ${countBetween(shape, 1)}`,
        context.message.spanOf('bottom', 1),
      );
    }
    return {
      tops: [[]],
      lower: ({ builder, bottoms }) => {
        const left = bottom({ bottoms });
        const right = reshaped(builder, bottom({ bottoms }, 1), shape);
        const difference = subtract(builder, left, right);
        const squares = builder.apply(square, [difference], none);
        const items = countOf(builder, left, 1);
        return [
          dividedBy(builder, sumOf(builder, squares), times(builder, items, 2)),
        ];
      },
    };
  },
});
