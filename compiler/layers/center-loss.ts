import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { differentiateAs } from '../ops/differentiate-as.js';
import { none, square, stopGradient } from '../ops/elementwise.js';
import { gather, sumRows } from '../ops/index-ops.js';
import { canonicalAxis, countBetween } from './axis.js';
import { defineLayer, exactly } from './define-layer.js';
import { filledWith } from './fillers.js';
import { checkLabelPerItem, labelsOf } from './labels.js';
import { sumOf } from './loss-normalization.js';
import {
  add,
  bottom,
  bottomShape,
  divide,
  multiply,
  parameter,
  reshaped,
  scalar,
  subtract,
} from './operands.js';
import { dividedBy } from './quantity.js';

interface Centred {
  readonly builder: Builder;
  /** A row for each item. */
  readonly rows: Value;
  readonly centers: Value;
  /** The class of each item. */
  readonly indices: Value;
  readonly items: number;
  readonly classes: number;
  readonly lossWeight: number;
}

const fixed = (builder: Builder, value: Value): Value =>
  builder.apply(stopGradient, [value], none);

const halfSquares = (builder: Builder, value: Value, items: number): Value =>
  dividedBy(
    builder,
    sumOf(builder, builder.apply(square, [value], none)),
    2 * items,
  );

/** CenterLoss-C1: what has the gradient that the centers get, whatever the loss weighs. */
function pull({
  builder,
  rows,
  centers,
  indices,
  items,
  classes,
  lossWeight,
}: Centred): Value {
  const own = builder.apply(gather, [centers, indices], none);
  const ones = filledWith(builder, [items], 1);
  const counts = builder.apply(sumRows, [ones, indices], { rows: classes });
  const shared = add(
    builder,
    builder.apply(gather, [counts, indices], none),
    scalar(builder, 1),
  );
  const away = divide(
    builder,
    subtract(builder, own, rows),
    reshaped(builder, shared, [items, 1]),
  );
  const total = sumOf(builder, multiply(builder, own, fixed(builder, away)));
  return lossWeight === 0 ? total : dividedBy(builder, total, lossWeight);
}

/**
 * CenterLoss (center_loss_layer.cpp of caffe-face): the sum of the squared distances of the
 * items from the centers of their classes over 2N. Bottoms: N items, and N labels, which get
 * no gradient. Top: a blob without axes. Blob: the centers (num_output, numbers of an item).
 *
 * - C1: a center gets the sum of its distances from its own items, divided by 1 + their number,
 *   as its gradient; `loss_weight` does not count in it.
 * - C2: labels are cut to integers. One that is no class fails at run time.
 */
export const centerLoss = defineLayer({
  type: 'CenterLoss',
  bottoms: exactly(2),
  tops: exactly(1),
  isLoss: true,
  foreignOptions: ['center_loss_param'],
  setUp(context) {
    const { message } = context;
    const param = message.get('center_loss_param');
    const shape = bottomShape(context);
    const axis = canonicalAxis(
      context,
      param.get('axis'),
      shape.length,
      param.spanOf('axis'),
    );
    if (axis === undefined || !checkLabelPerItem(context)) return undefined;
    const [items = 1] = shape;
    const size = countBetween(shape, axis);
    const classes = param.get('num_output');
    if (classes < 1) {
      return context.refuse(
        'num_output must be at least 1',
        param.has('num_output') ? param.spanOf('num_output') : param.span,
      );
    }
    if (countBetween(shape, 0, axis) !== items) {
      return context.refuse(
        `axis must be 1: an item of the ${items} has a label, and one center`,
        param.spanOf('axis'),
      );
    }
    if (param.get('distance_type') !== 'L2') {
      return context.refuse(
        `the distance_type ${param.get('distance_type')} is not supported`,
        param.spanOf('distance_type'),
      );
    }
    const [lossWeight = 1] = message.get('loss_weight');
    return {
      tops: [[]],
      parameters: [
        { shape: [classes, size], filler: param.get('center_filler') },
      ],
      lower: ({ builder, bottoms, parameters }) => {
        const rows = reshaped(builder, bottom({ bottoms }), [items, size]);
        const centers = parameter({ parameters }, 0);
        const { indices } = labelsOf(builder, bottom({ bottoms }, 1));
        const own = builder.apply(
          gather,
          [fixed(builder, centers), indices],
          none,
        );
        const distance = subtract(builder, rows, own);
        const loss = halfSquares(builder, distance, items);
        const pulled = pull({
          builder,
          rows: fixed(builder, rows),
          centers,
          indices,
          items,
          classes,
          lossWeight,
        });
        const slope = add(builder, loss, pulled);
        return [builder.apply(differentiateAs, [loss, slope], none)];
      },
    };
  },
});
