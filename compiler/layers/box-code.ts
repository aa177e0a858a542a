import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { concat, slice } from '../ops/axis-ops.js';
import { exp, none } from '../ops/elementwise.js';
import { scaleBy } from '../ops/scale-by.js';
import { add, multiply, reshaped, subtract } from './operands.js';

/** How a detector's numbers change a box (bbox_util.cpp of SSD's Caffe, DecodeBBox). */
export type CodeType = 'CORNER' | 'CENTER_SIZE' | 'CORNER_SIZE';

export const isCodeType = (word: string): word is CodeType =>
  ['CORNER', 'CENTER_SIZE', 'CORNER_SIZE'].includes(word);

/** Two of the four numbers of each box, from the last axis. */
export function pairOf(
  builder: Builder,
  boxes: Value,
  pair: 'first' | 'second',
): Value {
  const { shape } = boxes.type;
  const begin = shape.map((_, axis) =>
    axis === shape.length - 1 && pair === 'second' ? 2 : 0,
  );
  return builder.apply(slice, [boxes], {
    begin,
    size: [...shape.slice(0, -1), 2],
  });
}

export const joined = (builder: Builder, pairs: readonly Value[]): Value =>
  builder.apply(concat, pairs, {
    axis: (pairs[0]?.type.shape.length ?? 1) - 1,
  });

export interface BoxCode {
  readonly type: CodeType;
  /** The numbers are multiplied by the variances already. */
  readonly inTarget: boolean;
}

/**
 * Boxes as their corners xmin, ymin, xmax, ymax. `predicted`: ..., boxes, 4. `priors`: 1, 2,
 * 4 * boxes, as PriorBox layers give them.
 */
export function decodedBoxes(
  builder: Builder,
  predicted: Value,
  priors: Value,
  { type, inTarget }: BoxCode,
): Value {
  const boxes = (priors.type.shape.at(-1) ?? 4) / 4;
  const half = (which: 0 | 1): Value =>
    reshaped(
      builder,
      builder.apply(slice, [reshaped(builder, priors, [2, 4 * boxes])], {
        begin: [which, 0],
        size: [1, 4 * boxes],
      }),
      [boxes, 4],
    );
  const prior = half(0);
  const change = inTarget ? predicted : multiply(builder, predicted, half(1));
  if (type === 'CORNER') return add(builder, change, prior);
  const near = pairOf(builder, prior, 'first');
  const far = pairOf(builder, prior, 'second');
  const size = subtract(builder, far, near);
  if (type === 'CORNER_SIZE') {
    const sizes = joined(builder, [size, size]);
    return add(builder, multiply(builder, change, sizes), prior);
  }
  const halved = (value: Value): Value =>
    builder.apply(scaleBy, [value], { factor: 0.5 });
  const middle = add(
    builder,
    multiply(builder, pairOf(builder, change, 'first'), size),
    halved(add(builder, near, far)),
  );
  const growth = builder.apply(exp, [pairOf(builder, change, 'second')], none);
  const reach = halved(multiply(builder, growth, size));
  return joined(builder, [
    subtract(builder, middle, reach),
    add(builder, middle, reach),
  ]);
}
