import { none, softplus } from '../ops/elementwise.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape } from './operands.js';

/** BNLL (bnll_layer.cpp), binomial normal log likelihood: log(1 + exp(x)), without overflow. */
export const bnll = defineLayer({
  type: 'BNLL',
  bottoms: exactly(1),
  tops: exactly(1),
  takesDynamicItems: true,
  setUp: (context) => ({
    tops: [bottomShape(context)],
    lower: ({ builder, bottoms }) => [
      builder.apply(softplus, [bottom({ bottoms })], none),
    ],
  }),
});
