import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { elementCount, shapeText, sizeAt } from '../ir/types.js';
import { equal, none } from '../ops/elementwise.js';
import { fromInteger, toInteger } from '../ops/index-ops.js';
import { transpose } from '../ops/shape-ops.js';
import { countBetween } from './axis.js';
import type { SetUpContext } from './define-layer.js';
import {
  bottomShape,
  multiply,
  reshaped,
  scalar,
  subtract,
} from './operands.js';

/** Labels as integers, in a row, and which of them count. */
export interface Labels {
  /** int32; 0 where the label is ignored. */
  readonly indices: Value;
  /** 1 where the label counts, else 0; undefined where all do. */
  readonly counts: Value | undefined;
}

/** Fractions are cut off, before a label is compared with the one that is ignored. */
export function labelsOf(
  builder: Builder,
  bottom: Value,
  ignored?: number,
): Labels {
  const flat = reshaped(builder, bottom, [elementCount(bottom.type.shape)]);
  const indices = builder.apply(toInteger, [flat], none);
  if (ignored === undefined) return { indices, counts: undefined };
  const whole = builder.apply(fromInteger, [indices], none);
  const isIgnored = builder.apply(
    equal,
    [whole, scalar(builder, ignored)],
    none,
  );
  const counts = subtract(builder, scalar(builder, 1), isIgnored);
  const kept = multiply(builder, whole, counts);
  return { indices: builder.apply(toInteger, [kept], none), counts };
}

/** The scores of each place in a row of their own: axis `axis` becomes the last of two. */
export function scoreRows(builder: Builder, x: Value, axis: number): Value {
  const { shape } = x.type;
  const classes = sizeAt(shape, axis);
  const rows = [elementCount(shape) / classes, classes];
  if (countBetween(shape, axis + 1) === 1) return reshaped(builder, x, rows);
  const order = shape.map((_, at) => at);
  const permutation = [...order.toSpliced(axis, 1), axis];
  return reshaped(
    builder,
    builder.apply(transpose, [x], { permutation }),
    rows,
  );
}

/** Refuses labels (bottom 1) that are not one for each place of the scores (bottom 0). */
export function checkLabelCount(context: SetUpContext, axis: number): boolean {
  const scores = bottomShape(context);
  const labels = bottomShape(context, 1);
  const span = context.message.spanOf('bottom', 1);
  const places = elementCount(scores) / sizeAt(scores, axis);
  const found = elementCount(labels);
  if (found !== places) {
    context.refuse(
      `${found} labels (${shapeText(labels)}) for ${places} predictions (${shapeText(scores)}, classes on axis ${axis})`,
      span,
    );
    return false;
  }
  return true;
}

/** Refuses labels (bottom `index`) that are not one for each item of bottom 0. */
export function checkLabelPerItem(context: SetUpContext, index = 1): boolean {
  const [items = 1] = bottomShape(context);
  const labels = bottomShape(context, index);
  if (elementCount(labels) === items) return true;
  context.refuse(
    `bottom ${index} must have one label for each of ${items} items, not ${shapeText(labels)}`,
    context.message.spanOf('bottom', index),
  );
  return false;
}

/** Refuses a loss whose bottoms 0 and 1 have another first axis (loss_layer.cpp). */
export function checkFirstAxis(context: SetUpContext): boolean {
  const [first = 1] = bottomShape(context);
  const [second = 1] = bottomShape(context, 1);
  if (first === second) return true;
  context.refuse(
    `bottom 1 has ${second} items, bottom 0 has ${first}`,
    context.message.spanOf('bottom', 1),
  );
  return false;
}
