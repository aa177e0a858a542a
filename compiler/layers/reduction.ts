import { abs, none, square } from '../ops/elementwise.js';
import { reduceSum } from '../ops/reductions.js';
import { scaleBy } from '../ops/scale-by.js';
import { canonicalAxis, countBetween } from './axis.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape, reshaped } from './operands.js';

/**
 * Reduction (reduction_layer.cpp): the sum (SUM), the sum of absolute values (ASUM), of
 * squares (SUMSQ) or the mean (MEAN) over `axis` (0) and all axes after it, times `coeff`.
 * Top: the axes before `axis`.
 *
 * - C1: the gradient of |0| is 0.
 */
export const reduction = defineLayer({
  type: 'Reduction',
  bottoms: exactly(1),
  tops: exactly(1),
  setUp(context) {
    const param = context.message.get('reduction_param');
    const shape = bottomShape(context);
    const operation: string = param.get('operation');
    if (!['SUM', 'ASUM', 'SUMSQ', 'MEAN'].includes(operation)) {
      return context.refuse(
        `the operation ${operation} is not supported`,
        param.spanOf('operation'),
      );
    }
    const axis = canonicalAxis(
      context,
      param.get('axis'),
      shape.length,
      param.spanOf('axis'),
    );
    if (axis === undefined) return undefined;
    const coefficient = param.get('coeff');
    const factor =
      operation === 'MEAN'
        ? coefficient / countBetween(shape, axis)
        : coefficient;
    const top = shape.slice(0, axis);
    const axes = shape.flatMap((_, at) => (at < axis ? [] : [at]));
    return {
      tops: [top],
      lower: ({ builder, bottoms }) => {
        const x = bottom({ bottoms });
        const terms =
          operation === 'ASUM'
            ? builder.apply(abs, [x], none)
            : operation === 'SUMSQ'
              ? builder.apply(square, [x], none)
              : x;
        const sums = reshaped(
          builder,
          builder.apply(reduceSum, [terms], { axes }),
          top,
        );
        return [
          factor === 1 ? sums : builder.apply(scaleBy, [sums], { factor }),
        ];
      },
    };
  },
});
