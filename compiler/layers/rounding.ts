import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import {
  abs,
  greater,
  greaterEqual,
  less,
  none,
  sign,
} from '../ops/elementwise.js';
import { fromInteger, toInteger } from '../ops/index-ops.js';
import { add, multiply, scalar, subtract } from './operands.js';

/** Whole numbers, as floats; no gradient passes. They must fit into 32 bits. */
const cut = (builder: Builder, x: Value): Value =>
  builder.apply(fromInteger, [builder.apply(toInteger, [x], none)], none);

/** The largest whole number that is not above x. */
export function floorOf(builder: Builder, x: Value): Value {
  const whole = cut(builder, x);
  return subtract(builder, whole, builder.apply(greater, [whole, x], none));
}

/** The least whole number that is not below x. */
export function ceilingOf(builder: Builder, x: Value): Value {
  const whole = cut(builder, x);
  return add(builder, whole, builder.apply(less, [whole, x], none));
}

/** The nearest whole number; of two the one farther from 0, as C's `round`. */
export function roundOf(builder: Builder, x: Value): Value {
  const whole = cut(builder, x);
  const rest = subtract(builder, x, whole);
  const isHalf = builder.apply(
    greaterEqual,
    [builder.apply(abs, [rest], none), scalar(builder, 0.5)],
    none,
  );
  const step = builder.apply(sign, [rest], none);
  return add(builder, whole, multiply(builder, step, isHalf));
}
