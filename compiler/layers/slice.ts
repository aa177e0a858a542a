import { sizeAt } from '../ir/types.js';
import { slice as sliceOp } from '../ops/axis-ops.js';
import type { Message } from '../schema/message.js';
import { canonicalAxis } from './axis.js';
import {
  atLeast,
  defineLayer,
  exactly,
  type SetUpContext,
} from './define-layer.js';
import { bottom, bottomShape } from './operands.js';

/** Where each top begins on the axis, and at last where the axis ends. */
function boundaries(
  context: SetUpContext,
  param: Message<'SliceParameter'>,
  extent: number,
): readonly number[] | undefined {
  const { topCount } = context;
  const points = param.get('slice_point');
  if (points.length === 0) {
    if (extent % topCount !== 0) {
      return context.refuse(`${topCount} tops cannot share ${extent} evenly`);
    }
    const share = extent / topCount;
    return Array.from({ length: topCount + 1 }, (_, index) => index * share);
  }
  if (points.length !== topCount - 1) {
    return context.refuse(
      `${points.length} slice points for ${topCount} tops`,
      param.spanOf('slice_point'),
    );
  }
  const edges = [0, ...points, extent];
  const wrong = edges.findIndex(
    (edge, index) => index > 0 && edge <= (edges[index - 1] ?? 0),
  );
  if (wrong === -1) return edges;
  return context.refuse(
    `the slice points ${points.join(', ')} must rise and stay below ${extent}`,
    param.spanOf('slice_point', Math.min(wrong, points.length) - 1),
  );
}

/**
 * Slice (slice_layer.cpp): cuts its bottom along `axis` (1; `slice_dim` is its old name, not to
 * be given beside it) at the `slice_point`s, or evenly without any.
 */
export const slice = defineLayer({
  type: 'Slice',
  bottoms: exactly(1),
  tops: atLeast(1),
  setUp(context) {
    const param = context.message.get('slice_param');
    const shape = bottomShape(context);
    const field = param.has('slice_dim') ? 'slice_dim' : 'axis';
    if (param.has('axis') && param.has('slice_dim')) {
      return context.refuse(
        'give axis or slice_dim, not both',
        param.spanOf('slice_dim'),
      );
    }
    const axis = canonicalAxis(
      context,
      param.get(field),
      shape.length,
      param.spanOf(field),
    );
    if (axis === undefined) return undefined;
    const edges = boundaries(context, param, sizeAt(shape, axis));
    if (edges === undefined) return undefined;
    const tops = edges
      .slice(1)
      .map((end, index) => shape.with(axis, end - (edges[index] ?? 0)));
    return {
      tops,
      lower: ({ builder, bottoms }) =>
        tops.map((size, index) =>
          builder.apply(sliceOp, [bottom({ bottoms })], {
            begin: shape.map((_, at) =>
              at === axis ? (edges[index] ?? 0) : 0,
            ),
            size,
          }),
        ),
    };
  },
});
