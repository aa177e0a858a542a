import { none, tanh as op } from '../ops/elementwise.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape } from './operands.js';

/** TanH (tanh_layer.cpp): the hyperbolic tangent of x, of each number. `engine` means nothing here. */
export const tanh = defineLayer({
  type: 'TanH',
  bottoms: exactly(1),
  tops: exactly(1),
  takesDynamicItems: true,
  setUp: (context) => ({
    tops: [bottomShape(context)],
    lower: ({ builder, bottoms }) => [
      builder.apply(op, [bottom({ bottoms })], none),
    ],
  }),
});
