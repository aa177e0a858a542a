import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { elementCount, shapeText } from '../ir/types.js';
import {
  abs,
  minimum,
  none,
  square,
  stopGradient,
} from '../ops/elementwise.js';
import { scaleBy } from '../ops/scale-by.js';
import { between, defineLayer, exactly } from './define-layer.js';
import { sumOf } from './loss-normalization.js';
import {
  add,
  bottom,
  bottomShape,
  multiply,
  reshaped,
  scalar,
  subtract,
} from './operands.js';
import { dividedBy } from './quantity.js';

/** SmoothL1Loss-C1, with s = sigma^2. */
function smooth(builder: Builder, difference: Value, s: number): Value {
  const size = builder.apply(abs, [difference], none);
  const near = builder.apply(minimum, [size, scalar(builder, 1 / s)], none);
  const squares = builder.apply(square, [near], none);
  const bowl = builder.apply(scaleBy, [squares], { factor: 0.5 * s });
  return add(builder, bowl, subtract(builder, size, near));
}

/**
 * SmoothL1Loss (smooth_L1_loss_layer.cu of Fast R-CNN's Caffe): the sum of f(inside * (x - y))
 * times outside, divided by N. Bottoms: x, y and, both or neither, the inside and the outside
 * weights, all of one shape; x and y get gradients. Top: a blob without axes.
 *
 * - C1: f(d) = (sigma * d)^2 / 2 where |d| < 1 / sigma^2, else |d| - 1 / (2 sigma^2).
 */
export const smoothL1Loss = defineLayer({
  type: 'SmoothL1Loss',
  bottoms: between(2, 4),
  tops: exactly(1),
  isLoss: true,
  foreignOptions: ['smooth_l1_loss_param'],
  setUp(context) {
    const { bottoms, message } = context;
    const param = message.get('smooth_l1_loss_param');
    const shape = bottomShape(context);
    const sigma = param.get('sigma');
    if (bottoms.length === 3) {
      return context.refuse(
        'give both inside and outside weights, or neither',
        message.spanOf('bottom', 2),
      );
    }
    const other = bottoms.findIndex(
      (each) =>
        elementCount(each) !== elementCount(shape) || each[0] !== shape[0],
    );
    if (other !== -1) {
      return context.refuse(
        `bottom ${other} must be ${shapeText(shape)}, not ${shapeText(bottoms[other] ?? [])}`,
        message.spanOf('bottom', other),
      );
    }
    if (!(sigma > 0)) {
      return context.refuse(
        `sigma must be above 0, not ${sigma}`,
        param.spanOf('sigma'),
      );
    }
    const [items = 1] = shape;
    return {
      tops: [[]],
      lower: ({ builder, bottoms: values }) => {
        const of = (index: number): Value =>
          reshaped(builder, bottom({ bottoms: values }, index), shape);
        const weighted = (value: Value, index: number): Value =>
          values.length < 4
            ? value
            : multiply(
                builder,
                value,
                builder.apply(stopGradient, [of(index)], none),
              );
        const difference = weighted(subtract(builder, of(0), of(1)), 2);
        const losses = smooth(builder, difference, Math.fround(sigma * sigma));
        return [dividedBy(builder, sumOf(builder, weighted(losses, 3)), items)];
      },
    };
  },
});
