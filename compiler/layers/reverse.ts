import { reverse as reverseOp } from '../ops/stride-ops.js';
import { canonicalAxis } from './axis.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape } from './operands.js';

/** Reverse (reverse_layer.cpp of CTPN's Caffe): the entries of `axis` (0) from last to first. */
export const reverse = defineLayer({
  type: 'Reverse',
  bottoms: exactly(1),
  tops: exactly(1),
  foreignOptions: ['reverse_param'],
  setUp(context) {
    const param = context.message.get('reverse_param');
    const shape = bottomShape(context);
    const span = param.spanOf('axis');
    const written = param.get('axis');
    if (written < 0) {
      return context.refuse(`axis must not be negative, as ${written}`, span);
    }
    const axis = canonicalAxis(context, written, shape.length, span);
    if (axis === undefined) return undefined;
    return {
      tops: [shape],
      lower: ({ builder, bottoms }) => [
        builder.apply(reverseOp, [bottom({ bottoms })], { axes: [axis] }),
      ],
    };
  },
});
