import { dynamic, elementCount } from '../ir/types.js';
import { nonZero } from '../ops/dynamic-ops.js';
import { none } from '../ops/elementwise.js';
import { gather } from '../ops/index-ops.js';
import { atLeast, defineLayer } from './define-layer.js';
import { bottom, bottomShape, reshaped } from './operands.js';

/**
 * Filter (filter_layer.cpp): of every bottom but the last the items whose number in the last
 * one, the selector, is not 0, in their order. Items that are left out get gradient 0, the
 * selector gets none.
 *
 * Tops: as many as there are bottoms before the selector, of a number of items that only the
 * data tell; not every layer takes such bottoms.
 *
 * - C1: the selector has one number for each item, and all bottoms have as many items.
 */
export const filter = defineLayer({
  type: 'Filter',
  bottoms: atLeast(2),
  tops: atLeast(1),
  setUp(context) {
    const { bottoms, message, topCount } = context;
    const last = bottoms.length - 1;
    if (topCount !== last) {
      return context.refuse(
        `${topCount} tops for ${last} bottoms before the selector; give one for each`,
        message.spanOf('top', 0),
      );
    }
    const selector = bottomShape(context, last);
    const [items = 1] = selector;
    if (elementCount(selector) !== items) {
      return context.refuse(
        `the selector (bottom ${last}) must have one number for each item, not ${selector.join('x')}`,
        message.spanOf('bottom', last),
      );
    }
    const other = bottoms.findIndex(([count]) => count !== items);
    if (other !== -1) {
      return context.refuse(
        `bottom ${other} has ${bottoms[other]?.[0] ?? 'no'} items, the selector has ${items}`,
        message.spanOf('bottom', other),
      );
    }
    return {
      tops: bottoms.slice(0, last).map((shape) => [dynamic, ...shape.slice(1)]),
      lower: ({ builder, bottoms: values }) => {
        const row = reshaped(builder, bottom({ bottoms: values }, last), [
          items,
        ]);
        const chosen = builder.apply(nonZero, [row], none);
        return values
          .slice(0, last)
          .map((value) => builder.apply(gather, [value, chosen], none));
      },
    };
  },
});
