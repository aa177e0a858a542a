import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { float32, sizeAt } from '../ir/types.js';
import { constant } from '../ops/constant.js';
import {
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  none,
} from '../ops/elementwise.js';
import { fromInteger, oneHot, pick } from '../ops/index-ops.js';
import { reduceSum } from '../ops/reductions.js';
import { canonicalAxis } from './axis.js';
import { between, defineLayer, exactly } from './define-layer.js';
import { checkLabelCount, labelsOf, scoreRows } from './labels.js';
import { sumOf } from './loss-normalization.js';
import {
  add,
  bottom,
  bottomShape,
  divideNoNan,
  multiply,
  reshaped,
  scalar,
} from './operands.js';
import { countOf } from './quantity.js';

type Ties = 'the larger index ranks first' | 'the label ranks last';

interface Scores {
  readonly builder: Builder;
  /** A row for each place. */
  readonly rows: Value;
  /** int32, one for each row. */
  readonly indices: Value;
  readonly ties: Ties;
  readonly topK: number;
}

/** 1 for each row whose label is among the best, else 0. */
function hits({ builder, rows, indices, ties, topK }: Scores): Value {
  const [places, classes] = [
    sizeAt(rows.type.shape, 0),
    sizeAt(rows.type.shape, 1),
  ];
  const own = reshaped(builder, builder.apply(pick, [rows, indices], none), [
    places,
    1,
  ]);
  const countOf = (each: Value): Value =>
    reshaped(builder, builder.apply(reduceSum, [each], { axes: [1] }), [
      places,
    ]);
  if (ties === 'the label ranks last') {
    // The label's own score is as high as itself, and counts for nothing.
    const asHigh = countOf(builder.apply(greaterEqual, [rows, own], none));
    return builder.apply(lessEqual, [asHigh, scalar(builder, topK)], none);
  }
  const higher = builder.apply(greater, [rows, own], none);
  const tied = builder.apply(equal, [rows, own], none);
  const behind = multiply(builder, tied, after(builder, indices, classes));
  const better = countOf(add(builder, higher, behind));
  return builder.apply(less, [better, scalar(builder, topK)], none);
}

/** A row for each index: 1 in the places after it, else 0. */
function after(builder: Builder, indices: Value, classes: number): Value {
  const places = builder.apply(constant, [], {
    tensor: {
      type: float32([1, classes]),
      data: Float32Array.from({ length: classes }, (_, at) => at),
    },
  });
  const whole = builder.apply(fromInteger, [indices], none);
  const column = reshaped(builder, whole, [...indices.type.shape, 1]);
  return builder.apply(greater, [places, column], none);
}

/**
 * Accuracy (accuracy_layer.cpp): how often the label is among the `top_k` (1) best scores
 * along `axis` (1). Bottoms: scores, and a label for each place of the other axes, in any
 * shape. Tops: the share of labels that are, a blob without axes; and the same for each class.
 * No gradient.
 *
 * - C1: of equal scores the larger index ranks first in the authors' Caffe; in BVLC's the
 *   label ranks behind all others of its score.
 * - C2: `ignore_label` does not count. A share of no labels at all is 0.
 * - C3: labels are cut to integers. One that is no class fails at run time.
 */
export const accuracy = defineLayer({
  type: 'Accuracy',
  bottoms: exactly(2),
  tops: between(1, 2),
  takesDynamicItems: true,
  setUp(context) {
    const { message, topCount } = context;
    const param = message.get('accuracy_param');
    const shape = bottomShape(context);
    const axis = canonicalAxis(
      context,
      param.get('axis'),
      shape.length,
      param.spanOf('axis'),
    );
    if (axis === undefined) return undefined;
    const topK = param.get('top_k');
    const classes = sizeAt(shape, axis);
    if (topK > classes) {
      return context.refuse(
        `top_k is ${topK}, and there are ${classes} classes`,
        param.spanOf('top_k'),
      );
    }
    if (!checkLabelCount(context, axis)) return undefined;
    const ties: Ties =
      message.dialect === 'ran'
        ? 'the larger index ranks first'
        : 'the label ranks last';
    return {
      tops: [[], [classes]].slice(0, topCount),
      lower: ({ builder, bottoms }) => {
        const rows = scoreRows(builder, bottom({ bottoms }), axis);
        const { indices, counts } = labelsOf(
          builder,
          bottom({ bottoms }, 1),
          param.has('ignore_label') ? param.get('ignore_label') : undefined,
        );
        const all = hits({ builder, rows, indices, ties, topK });
        const found = counts ? multiply(builder, all, counts) : all;
        const valid =
          counts === undefined
            ? countOf(builder, rows, 1)
            : sumOf(builder, counts);
        const divisor =
          typeof valid === 'number' ? scalar(builder, valid) : valid;
        const share = divideNoNan(builder, sumOf(builder, found), divisor);
        if (topCount === 1) return [share];
        const classOf = builder.apply(oneHot, [indices], { depth: classes });
        const perClass = (each: Value | undefined): Value => {
          const counted =
            each === undefined
              ? classOf
              : multiply(
                  builder,
                  classOf,
                  reshaped(builder, each, [...each.type.shape, 1]),
                );
          const sums = builder.apply(reduceSum, [counted], { axes: [0] });
          return reshaped(builder, sums, [classes]);
        };
        return [share, divideNoNan(builder, perClass(found), perClass(counts))];
      },
    };
  },
});
