import { none, sigmoid } from '../ops/elementwise.js';
import { affineOf } from './affine-of.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape, multiply } from './operands.js';

/** Swish (swish_layer.cpp): x / (1 + exp(-beta * x)). */
export const swish = defineLayer({
  type: 'Swish',
  bottoms: exactly(1),
  tops: exactly(1),
  takesDynamicItems: true,
  setUp(context) {
    const beta = context.message.get('swish_param').get('beta');
    return {
      tops: [bottomShape(context)],
      lower: ({ builder, bottoms }) => {
        const x = bottom({ bottoms });
        const steep = affineOf(builder, x, beta, 0);
        const gate = builder.apply(sigmoid, [steep], none);
        return [multiply(builder, x, gate)];
      },
    };
  },
});
