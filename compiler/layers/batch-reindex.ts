import { none } from '../ops/elementwise.js';
import { gather, toInteger } from '../ops/index-ops.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape } from './operands.js';

/**
 * BatchReindex (batch_reindex_layer.cpp): the items of bottom 0 that bottom 1, a vector,
 * names, in its order; items that are named more than once add their gradients up.
 *
 * - C1: indices are cut to integers. One that is no item fails at run time.
 */
export const batchReindex = defineLayer({
  type: 'BatchReindex',
  bottoms: exactly(2),
  tops: exactly(1),
  setUp(context) {
    const shape = bottomShape(context);
    const indexShape = bottomShape(context, 1);
    if (shape.length < 1 || indexShape.length !== 1) {
      return context.refuse(
        `bottom 1 must have one axis, not ${indexShape.length}`,
        context.message.spanOf('bottom', 1),
      );
    }
    return {
      tops: [[...indexShape, ...shape.slice(1)]],
      lower: ({ builder, bottoms }) => {
        const indices = builder.apply(
          toInteger,
          [bottom({ bottoms }, 1)],
          none,
        );
        return [builder.apply(gather, [bottom({ bottoms }), indices], none)];
      },
    };
  },
});
