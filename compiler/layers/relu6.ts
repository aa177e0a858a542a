import { minimum, none, relu } from '../ops/elementwise.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape, scalar } from './operands.js';

/**
 * ReLU6 (relu6_layer.cpp of forks): min(max(x, 0), 6), with a gradient between 0 and 6 alone.
 */
export const relu6 = defineLayer({
  type: 'ReLU6',
  bottoms: exactly(1),
  tops: exactly(1),
  foreignOptions: ['relu6_param'],
  setUp(context) {
    const param = context.message.get('relu6_param');
    if (param.get('negative_slope') !== 0) {
      return context.refuse(
        'negative_slope is not supported: what is below 0 becomes 0',
        param.spanOf('negative_slope'),
      );
    }
    return {
      tops: [bottomShape(context)],
      lower: ({ builder, bottoms }) => {
        const positive = builder.apply(relu, [bottom({ bottoms })], none);
        // Of equal operands the first gets the gradient: none flows at 6.
        return [builder.apply(minimum, [scalar(builder, 6), positive], none)];
      },
    };
  },
});
