import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { sizeAt } from '../ir/types.js';
import { differentiateAs } from '../ops/differentiate-as.js';
import {
  equal,
  none,
  relu,
  sqrt,
  square,
  stopGradient,
} from '../ops/elementwise.js';
import { fromInteger } from '../ops/index-ops.js';
import { reduceSum } from '../ops/reductions.js';
import { countBetween } from './axis.js';
import { defineLayer, exactly } from './define-layer.js';
import { checkLabelPerItem, labelsOf } from './labels.js';
import { sumOf } from './loss-normalization.js';
import {
  add,
  bottom,
  bottomShape,
  divide,
  multiply,
  reshaped,
  scalar,
  subtract,
} from './operands.js';
import { dividedBy } from './quantity.js';

/**
 * max(margin - d, 0)^2 of a distance d, given d^2. The derivative by d^2 is taken to be
 * -max(margin - d, 0) / (d + 1e-4), so that it exists for equal points.
 */
function dissimilarCost(
  builder: Builder,
  squaredDistance: Value,
  margin: Value,
): Value {
  const fixed = builder.apply(stopGradient, [squaredDistance], none);
  const distance = builder.apply(sqrt, [fixed], none);
  const gap = builder.apply(relu, [subtract(builder, margin, distance)], none);
  const cost = builder.apply(square, [gap], none);
  const above0 = add(builder, distance, scalar(builder, 1e-4));
  const slope = divide(builder, gap, above0);
  const line = subtract(
    builder,
    scalar(builder, 0),
    multiply(builder, slope, squaredDistance),
  );
  return builder.apply(differentiateAs, [cost, line], none);
}

/**
 * ContrastiveLoss (contrastive_loss_layer.cpp): with d the distance of two points, d^2 where
 * they are alike (label not 0), else max(margin - d, 0)^2; summed, over 2N. Bottoms: N points
 * each, N x C or N x C x 1 x 1; N labels. Top: a blob without axes.
 *
 * - C1: `legacy_version`: max(margin - d^2, 0) for points that are not alike.
 * - C2: the gradient divides by d + 1e-4, not by d.
 * - C3: labels are cut to integers: 0.9 is not alike.
 */
export const contrastiveLoss = defineLayer({
  type: 'ContrastiveLoss',
  bottoms: exactly(3),
  tops: exactly(1),
  isLoss: true,
  setUp(context) {
    const { message } = context;
    const param = message.get('contrastive_loss_param');
    const shape = bottomShape(context);
    const other = bottomShape(context, 1);
    const flat = [shape, other].findIndex(
      (points) => points.length < 2 || countBetween(points, 2) !== 1,
    );
    if (flat !== -1) {
      return context.refuse(
        `bottom ${flat} must be N x C or N x C x 1 x 1, not ${[shape, other][flat]?.join('x')}`,
        message.spanOf('bottom', flat),
      );
    }
    const points = shape.slice(0, 2);
    if (other.slice(0, 2).join() !== points.join()) {
      return context.refuse(
        `bottom 1 is ${other.join('x')}, bottom 0 is ${shape.join('x')}`,
        message.spanOf('bottom', 1),
      );
    }
    if (!checkLabelPerItem(context, 2)) return undefined;
    const items = sizeAt(shape, 0);
    return {
      tops: [[]],
      lower: ({ builder, bottoms }) => {
        const difference = subtract(
          builder,
          reshaped(builder, bottom({ bottoms }), points),
          reshaped(builder, bottom({ bottoms }, 1), points),
        );
        const squaredDistance = reshaped(
          builder,
          builder.apply(
            reduceSum,
            [builder.apply(square, [difference], none)],
            { axes: [1] },
          ),
          [items],
        );
        const { indices } = labelsOf(builder, bottom({ bottoms }, 2));
        const whole = builder.apply(fromInteger, [indices], none);
        const zero = scalar(builder, 0);
        const differ = builder.apply(equal, [whole, zero], none);
        const alike = subtract(builder, scalar(builder, 1), differ);
        const margin = scalar(builder, param.get('margin'));
        const apart = param.get('legacy_version')
          ? builder.apply(
              relu,
              [subtract(builder, margin, squaredDistance)],
              none,
            )
          : dissimilarCost(builder, squaredDistance, margin);
        const costs = add(
          builder,
          multiply(builder, alike, squaredDistance),
          multiply(builder, differ, apart),
        );
        return [dividedBy(builder, sumOf(builder, costs), 2 * items)];
      },
    };
  },
});
