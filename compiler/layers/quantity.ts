import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { elementCount, isDynamic } from '../ir/types.js';
import { itemCount } from '../ops/dynamic-ops.js';
import { maximum, none } from '../ops/elementwise.js';
import { scaleBy } from '../ops/scale-by.js';
import { divide, scalar } from './operands.js';

/** How many there are of something: known when compiling, or told by the data. */
export type Quantity = number | Value;

/** The product of the sizes of the first `axes` axes (all of them). */
export function countOf(
  builder: Builder,
  x: Value,
  axes = x.type.shape.length,
): Quantity {
  const shape = x.type.shape.slice(0, axes);
  if (!isDynamic(shape)) return elementCount(shape);
  const items = builder.apply(itemCount, [x], none);
  return times(builder, items, elementCount(shape.slice(1)));
}

export const times = (
  builder: Builder,
  quantity: Quantity,
  factor: number,
): Quantity =>
  typeof quantity === 'number'
    ? quantity * factor
    : builder.apply(scaleBy, [quantity], { factor });

/** The quantity, or 1 where there is less. */
export const atLeastOne = (builder: Builder, quantity: Quantity): Quantity =>
  typeof quantity === 'number'
    ? Math.max(quantity, 1)
    : builder.apply(maximum, [quantity, scalar(builder, 1)], none);

/** A number divided by how many there are. */
export function dividedBy(
  builder: Builder,
  total: Value,
  divisor: Quantity,
): Value {
  if (typeof divisor !== 'number') return divide(builder, total, divisor);
  return divisor === 1
    ? total
    : builder.apply(scaleBy, [total], { factor: 1 / divisor });
}
