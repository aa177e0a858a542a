import { canonicalAxis, countBetween } from './axis.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape, reshaped } from './operands.js';

/** Flatten (flatten_layer.cpp): the axes `axis` (1) to `end_axis` (-1) become one. Not in place. */
export const flatten = defineLayer({
  type: 'Flatten',
  bottoms: exactly(1),
  tops: exactly(1),
  setUp(context) {
    const { message } = context;
    const param = message.get('flatten_param');
    const shape = bottomShape(context);
    if (message.get('top')[0] === message.get('bottom')[0]) {
      return context.refuse('cannot work in place', message.spanOf('top', 0));
    }
    const find = (field: 'axis' | 'end_axis') =>
      canonicalAxis(
        context,
        param.get(field),
        shape.length,
        param.spanOf(field),
      );
    const first = find('axis');
    const last = find('end_axis');
    if (first === undefined || last === undefined) return undefined;
    if (last < first) {
      return context.refuse(
        `end_axis ${last} lies before axis ${first}`,
        param.spanOf('end_axis'),
      );
    }
    const top = [
      ...shape.slice(0, first),
      countBetween(shape, first, last + 1),
      ...shape.slice(last + 1),
    ];
    return {
      tops: [top],
      lower: ({ builder, bottoms }) => [
        reshaped(builder, bottom({ bottoms }), top),
      ],
    };
  },
});
