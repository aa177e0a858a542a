import { elementCount, sameShape, shapeText } from '../ir/types.js';
import { defineLayer, exactly } from './define-layer.js';
import { add, bottom, bottomShape, multiply, reshaped } from './operands.js';

/**
 * Axpy (axpy_layer.cpp of SENet's Caffe): a * x + y, with one factor for each channel of each
 * item.
 *
 * Bottoms: a (N, C or N, C, 1, 1), x and y (N, C, ...).
 */
export const axpy = defineLayer({
  type: 'Axpy',
  bottoms: exactly(3),
  tops: exactly(1),
  setUp(context) {
    const { message } = context;
    const [factors, x, y] = [0, 1, 2].map((at) => bottomShape(context, at));
    if (factors === undefined || x === undefined || y === undefined) {
      return undefined;
    }
    if (x.length < 2) {
      return context.refuse(
        `bottom 1 must have at least 2 axes, not ${x.length}`,
        message.spanOf('bottom', 1),
      );
    }
    const channels = x.slice(0, 2);
    if (
      !sameShape(factors.slice(0, 2), channels) ||
      elementCount(factors) !== elementCount(channels)
    ) {
      return context.refuse(
        `bottom 0 must have one factor for each channel, ${channels.join('x')}, not ${shapeText(factors)}`,
        message.spanOf('bottom', 0),
      );
    }
    if (!sameShape(x, y)) {
      return context.refuse(
        `bottoms 1 and 2 must have one shape, not ${shapeText(x)} and ${shapeText(y)}`,
        message.spanOf('bottom', 2),
      );
    }
    return {
      tops: [x],
      lower: ({ builder, bottoms }) => {
        const spread = [...channels, ...x.slice(2).map(() => 1)];
        const a = reshaped(builder, bottom({ bottoms }), spread);
        const product = multiply(builder, bottom({ bottoms }, 1), a);
        return [add(builder, product, bottom({ bottoms }, 2))];
      },
    };
  },
});
