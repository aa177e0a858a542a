import { abs, none } from '../ops/elementwise.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape } from './operands.js';

/** AbsVal (absval_layer.cpp): |x|; the gradient at 0 is 0. Not in place. */
export const absVal = defineLayer({
  type: 'AbsVal',
  bottoms: exactly(1),
  tops: exactly(1),
  takesDynamicItems: true,
  setUp(context) {
    const { message } = context;
    if (message.get('top')[0] === message.get('bottom')[0]) {
      return context.refuse('cannot work in place', message.spanOf('top', 0));
    }
    return {
      tops: [bottomShape(context)],
      lower: ({ builder, bottoms }) => [
        builder.apply(abs, [bottom({ bottoms })], none),
      ],
    };
  },
});
