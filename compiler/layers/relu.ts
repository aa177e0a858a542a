import { leakyRelu, none, relu as reluOp } from '../ops/elementwise.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape } from './operands.js';

/**
 * ReLU (relu_layer.cpp): max(x, 0) + negative_slope * min(x, 0). `engine` means nothing here.
 */
export const relu = defineLayer({
  type: 'ReLU',
  bottoms: exactly(1),
  tops: exactly(1),
  takesDynamicItems: true,
  setUp(context) {
    const slope = context.message.get('relu_param').get('negative_slope');
    return {
      tops: [bottomShape(context)],
      lower: ({ builder, bottoms }) => [
        slope === 0
          ? builder.apply(reluOp, [bottom({ bottoms })], none)
          : builder.apply(leakyRelu, [bottom({ bottoms })], { slope }),
      ],
    };
  },
});
