import { greater, none } from '../ops/elementwise.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape, scalar } from './operands.js';

/**
 * Threshold (threshold_layer.cpp): 1 where x is larger than `threshold` (0), else 0. No
 * gradient.
 */
export const threshold = defineLayer({
  type: 'Threshold',
  bottoms: exactly(1),
  tops: exactly(1),
  takesDynamicItems: true,
  setUp(context) {
    const param = context.message.get('threshold_param');
    return {
      tops: [bottomShape(context)],
      lower: ({ builder, bottoms }) => {
        const limit = scalar(builder, param.get('threshold'));
        return [builder.apply(greater, [bottom({ bottoms }), limit], none)];
      },
    };
  },
});
