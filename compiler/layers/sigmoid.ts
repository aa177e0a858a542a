import { none, sigmoid as op } from '../ops/elementwise.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape } from './operands.js';

/** Sigmoid (sigmoid_layer.cpp): 1 / (1 + exp(-x)), of each number. `engine` means nothing here. */
export const sigmoid = defineLayer({
  type: 'Sigmoid',
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
