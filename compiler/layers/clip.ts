import { maximum, minimum, none } from '../ops/elementwise.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape, scalar } from './operands.js';

/**
 * Clip (clip_layer.cpp): max(min, min(x, max)).
 *
 * - C1: both bounds are given.
 * - C2: the gradient passes at the bounds too.
 */
export const clip = defineLayer({
  type: 'Clip',
  bottoms: exactly(1),
  tops: exactly(1),
  takesDynamicItems: true,
  setUp(context) {
    const param = context.message.get('clip_param');
    const missing = (['min', 'max'] as const).find(
      (field) => !param.has(field),
    );
    if (missing !== undefined) {
      return context.refuse(`${missing} is missing`, param.span);
    }
    return {
      tops: [bottomShape(context)],
      lower: ({ builder, bottoms }) => {
        const highest = scalar(builder, param.get('max'));
        const lowest = scalar(builder, param.get('min'));
        const x = bottom({ bottoms });
        const below = builder.apply(minimum, [x, highest], none);
        return [builder.apply(maximum, [below, lowest], none)];
      },
    };
  },
});
