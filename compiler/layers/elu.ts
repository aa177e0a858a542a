import { elu as eluOp, minimum, none, relu } from '../ops/elementwise.js';
import { defineLayer, exactly } from './define-layer.js';
import { add, bottom, bottomShape, multiply, scalar } from './operands.js';

/**
 * ELU (elu_layer.cpp): x where it is positive, alpha * (exp(x) - 1) elsewhere.
 *
 * - C1: at 0 the gradient is alpha.
 */
export const elu = defineLayer({
  type: 'ELU',
  bottoms: exactly(1),
  tops: exactly(1),
  takesDynamicItems: true,
  setUp(context) {
    const alpha = context.message.get('elu_param').get('alpha');
    return {
      tops: [bottomShape(context)],
      lower: ({ builder, bottoms }) => {
        const x = bottom({ bottoms });
        if (alpha === 1) return [builder.apply(eluOp, [x], none)];
        const zero = scalar(builder, 0);
        const negative = builder.apply(minimum, [x, zero], none);
        const bent = builder.apply(eluOp, [negative], none);
        return [
          add(
            builder,
            builder.apply(relu, [x], none),
            multiply(builder, bent, scalar(builder, alpha)),
          ),
        ];
      },
    };
  },
});
