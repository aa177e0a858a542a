import { exp as expOp, none } from '../ops/elementwise.js';
import { affineOf } from './affine-of.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape } from './operands.js';

/**
 * Exp (exp_layer.cpp): base ^ (shift + scale * x).
 *
 * - C1: base -1, the default, stands for e; any other must be positive.
 * - C2: base ^ shift is a factor of its own: the power of the rest alone is taken.
 */
export const exp = defineLayer({
  type: 'Exp',
  bottoms: exactly(1),
  tops: exactly(1),
  takesDynamicItems: true,
  setUp(context) {
    const param = context.message.get('exp_param');
    const base = param.get('base');
    if (base !== -1 && base <= 0) {
      return context.refuse(
        `base must be positive (or -1, for e), not ${base}`,
        param.spanOf('base'),
      );
    }
    const logarithm = base === -1 ? 1 : Math.log(base);
    const inner = logarithm * param.get('scale');
    const outer = Math.exp(logarithm * param.get('shift'));
    return {
      tops: [bottomShape(context)],
      lower: ({ builder, bottoms }) => {
        const exponent = affineOf(builder, bottom({ bottoms }), inner, 0);
        const raised = builder.apply(expOp, [exponent], none);
        return [affineOf(builder, raised, outer, 0)];
      },
    };
  },
});
