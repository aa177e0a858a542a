import { log as logOp, none } from '../ops/elementwise.js';
import { affineOf } from './affine-of.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape } from './operands.js';

/**
 * Log (log_layer.cpp): the logarithm of shift + scale * x.
 *
 * - C1: base -1, the default, stands for e; any other must be positive and not 1.
 */
export const log = defineLayer({
  type: 'Log',
  bottoms: exactly(1),
  tops: exactly(1),
  takesDynamicItems: true,
  setUp(context) {
    const param = context.message.get('log_param');
    const base = param.get('base');
    if (base !== -1 && (base <= 0 || base === 1)) {
      return context.refuse(
        `base must be positive and not 1 (or -1, for e), not ${base}`,
        param.spanOf('base'),
      );
    }
    const factor = base === -1 ? 1 : 1 / Math.log(base);
    return {
      tops: [bottomShape(context)],
      lower: ({ builder, bottoms }) => {
        const inner = affineOf(
          builder,
          bottom({ bottoms }),
          param.get('scale'),
          param.get('shift'),
        );
        const logarithm = builder.apply(logOp, [inner], none);
        return [affineOf(builder, logarithm, factor, 0)];
      },
    };
  },
});
