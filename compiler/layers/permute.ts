import type { Span } from '../../grammar/source.js';

import { permuteShape, transpose } from '../ops/shape-ops.js';
import {
  defineLayer,
  exactly,
  type SetUp,
  type SetUpContext,
} from './define-layer.js';
import { bottom, bottomShape } from './operands.js';

/** The axes of the bottom in the order that `order` says, every one once. */
function reordered(
  context: SetUpContext,
  order: readonly number[],
  span: Span,
): SetUp | undefined {
  const shape = bottomShape(context);
  const unknown = order.find((axis) => axis < 0 || axis >= shape.length);
  if (unknown !== undefined) {
    return context.refuse(
      `axis ${unknown} does not exist in a blob of ${shape.length} axes`,
      span,
    );
  }
  const repeated = order.find((axis, at) => order.indexOf(axis) !== at);
  if (repeated !== undefined) {
    return context.refuse(`axis ${repeated} is named twice`, span);
  }
  return {
    tops: [permuteShape(shape, order)],
    lower: ({ builder, bottoms }) => {
      const x = bottom({ bottoms });
      return order.every((axis, at) => axis === at)
        ? [x]
        : [builder.apply(transpose, [x], { permutation: order })];
    },
  };
}

/**
 * Permute (permute_layer.cpp of SSD's Caffe): reorders the axes.
 *
 * - C1: axis i of the top is axis `order[i]` of the bottom; axes that `order` does not name
 *   follow behind in their own order.
 */
export const permute = defineLayer({
  type: 'Permute',
  bottoms: exactly(1),
  tops: exactly(1),
  foreignOptions: ['permute_param'],
  setUp(context) {
    const param = context.message.get('permute_param');
    const order = param.get('order');
    const rest = bottomShape(context).flatMap((_, axis) =>
      order.includes(axis) ? [] : [axis],
    );
    return reordered(context, [...order, ...rest], param.spanOf('order'));
  },
});

/**
 * Transpose (transpose_layer.cpp of CTPN's Caffe): reorders the axes.
 *
 * - C1: axis i of the top is axis `dim[i]` of the bottom; every axis is named.
 */
export const transposeLayer = defineLayer({
  type: 'Transpose',
  bottoms: exactly(1),
  tops: exactly(1),
  foreignOptions: ['transpose_param'],
  setUp(context) {
    const param = context.message.get('transpose_param');
    const order = param.get('dim');
    const span = param.spanOf('dim');
    const { length } = bottomShape(context);
    if (order.length !== length) {
      return context.refuse(
        `dim must name each of the ${length} axes of the bottom, not ${order.length}`,
        span,
      );
    }
    return reordered(context, order, span);
  },
});
