import { invariant } from '../diagnostics.js';
import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { type Shape, sizeAt } from '../ir/types.js';
import { concat } from '../ops/axis-ops.js';
import { none, stopGradient } from '../ops/elementwise.js';
import { fromInteger, topK } from '../ops/index-ops.js';
import { transpose } from '../ops/shape-ops.js';
import { reverse } from '../ops/stride-ops.js';
import { canonicalAxis, countBetween } from './axis.js';
import {
  defineLayer,
  exactly,
  type LowerContext,
  type SetUp,
  type SetUpContext,
} from './define-layer.js';
import { scoreRows } from './labels.js';
import { bottom, bottomShape, reshaped, scalar, subtract } from './operands.js';

interface Best {
  readonly values: Value;
  readonly indices: Value;
}

/** The best of the last of two axes; of equal numbers the last comes first. */
function bestOf(builder: Builder, rows: Value, k: number): Best {
  const fixed = builder.apply(stopGradient, [rows], none);
  const reversed = builder.apply(reverse, [fixed], { axes: [1] });
  const [values, places] = builder.applyAll(topK, [reversed], { k });
  invariant(
    values !== undefined && places !== undefined,
    'topK lost an output',
  );
  const last = scalar(builder, sizeAt(rows.type.shape, 1) - 1);
  const whole = builder.apply(fromInteger, [places], none);
  return { values, indices: subtract(builder, last, whole) };
}

/**
 * ArgMax (argmax_layer.cpp): the indices of the `top_k` (1) largest numbers, best first. No
 * gradient.
 *
 * - C1: without `axis` each item is flattened. Top: N x 1 x top_k, and ones behind for more
 *   axes than three; with `out_max_val` N x 2 x top_k, the indices before their values.
 * - C2: with `axis` that axis shrinks to top_k; with `out_max_val` the values come instead of
 *   the indices.
 * - C3: of equal numbers the larger index comes first.
 */
export const argMax = defineLayer({
  type: 'ArgMax',
  bottoms: exactly(1),
  tops: exactly(1),
  setUp(context) {
    const param = context.message.get('argmax_param');
    const shape = bottomShape(context);
    const k = param.get('top_k');
    const axis = param.has('axis')
      ? canonicalAxis(
          context,
          param.get('axis'),
          shape.length,
          param.spanOf('axis'),
        )
      : 0;
    if (axis === undefined) return undefined;
    const candidates = param.has('axis')
      ? sizeAt(shape, axis)
      : countBetween(shape, 1);
    if (k < 1 || k > candidates) {
      return context.refuse(
        `top_k must be from 1 to ${candidates}, the numbers to choose from, not ${k}`,
        param.spanOf('top_k'),
      );
    }
    const withValues = param.get('out_max_val');
    return param.has('axis')
      ? alongAxis({ context, axis, k, withValues })
      : ofItems({ context, k, withValues });
  },
});

interface Choice {
  readonly context: SetUpContext;
  readonly k: number;
  readonly withValues: boolean;
}

/** The best of each item. */
function ofItems({ context, k, withValues }: Choice): SetUp {
  const shape = bottomShape(context);
  const [items = 1] = shape;
  const top: Shape = [
    items,
    withValues ? 2 : 1,
    k,
    ...new Array<number>(Math.max(shape.length - 3, 0)).fill(1),
  ];
  return {
    tops: [top],
    lower: ({ builder, bottoms }: LowerContext) => {
      const rows = reshaped(builder, bottom({ bottoms }), [
        items,
        countBetween(shape, 1),
      ]);
      const { values, indices } = bestOf(builder, rows, k);
      const both = withValues
        ? builder.apply(concat, [indices, values], { axis: 1 })
        : indices;
      return [reshaped(builder, both, top)];
    },
  };
}

/** The best of each line along an axis. */
function alongAxis({
  context,
  axis,
  k,
  withValues,
}: Choice & { readonly axis: number }): SetUp {
  const shape = bottomShape(context);
  return {
    tops: [shape.with(axis, k)],
    lower: ({ builder, bottoms }: LowerContext) => {
      const rows = scoreRows(builder, bottom({ bottoms }), axis);
      const { values, indices } = bestOf(builder, rows, k);
      const chosen = withValues ? values : indices;
      const others = shape.toSpliced(axis, 1);
      const last = reshaped(builder, chosen, [...others, k]);
      const order = others.map((_, at) => at);
      return [
        builder.apply(transpose, [last], {
          permutation: order.toSpliced(axis, 0, others.length),
        }),
      ];
    },
  };
}
