import { slice } from '../ops/axis-ops.js';
import { canonicalAxis } from './axis.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape } from './operands.js';

/**
 * Crop (crop_layer.cpp): bottom 0 cut to the size of bottom 1 from `axis` (2) on, at `offset`.
 *
 * - C1: `offset` is given not at all (0), once, or once for each cut axis.
 * - C2: bottom 1 counts by its shape alone and gets no gradient; its axes before `axis` need
 *   not agree.
 */
export const crop = defineLayer({
  type: 'Crop',
  bottoms: exactly(2),
  tops: exactly(1),
  setUp(context) {
    const { message } = context;
    const param = message.get('crop_param');
    const shape = bottomShape(context);
    const size = bottomShape(context, 1);
    const axis = canonicalAxis(
      context,
      param.get('axis'),
      shape.length,
      param.spanOf('axis'),
    );
    if (axis === undefined) return undefined;
    if (size.length !== shape.length) {
      return context.refuse(
        `bottom 1 has ${size.length} axes, bottom 0 has ${shape.length}`,
        message.spanOf('bottom', 1),
      );
    }
    const offsets = param.get('offset');
    const cut = shape.length - axis;
    if (offsets.length > 1 && offsets.length !== cut) {
      return context.refuse(
        `offset must be given once, or once for each of the ${cut} axes from ${axis} on; it is given ${offsets.length} times`,
        param.spanOf('offset'),
      );
    }
    const begin = shape.map((_, at) =>
      at < axis ? 0 : (offsets[at - axis] ?? offsets[0] ?? 0),
    );
    const top = shape.map((extent, at) =>
      at < axis ? extent : (size[at] ?? 0),
    );
    const past = shape.findIndex(
      (extent, at) => (begin[at] ?? 0) + (top[at] ?? 0) > extent,
    );
    if (past !== -1) {
      return context.refuse(
        `offset ${begin[past]} and size ${top[past]} go past the ${shape[past]} of axis ${past}`,
        param.spanOf('offset'),
      );
    }
    return {
      tops: [top],
      lower: ({ builder, bottoms }) => [
        builder.apply(slice, [bottom({ bottoms })], { begin, size: top }),
      ],
    };
  },
});
