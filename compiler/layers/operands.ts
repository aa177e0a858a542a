import { invariant } from '../diagnostics.js';
import type { Builder } from '../ir/builder.js';
import type { OpDefinition, Value } from '../ir/graph.js';
import { float32, sameShape, type Shape } from '../ir/types.js';
import { constant } from '../ops/constant.js';
import * as elementwise from '../ops/elementwise.js';
import { reshape } from '../ops/shape-ops.js';

/** A number as a tensor without axes. */
export const scalar = (builder: Builder, value: number): Value =>
  builder.apply(constant, [], {
    tensor: { type: float32([]), data: Float32Array.of(value) },
  });

type Binary = OpDefinition<elementwise.NoAttributes>;

/** `op(a, b)`, with NumPy's broadcasting. */
const apply =
  (op: Binary) =>
  (builder: Builder, a: Value, b: Value): Value =>
    builder.apply(op, [a, b], elementwise.none);

export const add = apply(elementwise.add);
export const subtract = apply(elementwise.subtract);
export const multiply = apply(elementwise.multiply);
export const divide = apply(elementwise.divide);
export const divideNoNan = apply(elementwise.divideNoNan);

/** The same elements under other axes; the value itself where it has them already. */
export const reshaped = (builder: Builder, x: Value, shape: Shape): Value =>
  sameShape(x.type.shape, shape) ? x : builder.apply(reshape, [x], { shape });

/** A vector as long as the channels, in the shape that broadcasts over them. */
export const overChannels = (
  builder: Builder,
  vector: Value,
  rank: number,
): Value =>
  reshaped(builder, vector, [
    ...(rank > 1 ? [1] : []),
    vector.type.shape.reduce((product, size) => product * size, 1),
    ...new Array<number>(Math.max(rank - 2, 0)).fill(1),
  ]);

/** Bottom number `index`, which the layer's counts promise. */
export function bottom(
  { bottoms }: { readonly bottoms: readonly Value[] },
  index = 0,
): Value {
  const value = bottoms[index];
  invariant(value !== undefined, `bottom ${index} is missing`);
  return value;
}

/** Parameter number `index`, which the layer's `setUp` declared. */
export function parameter(
  { parameters }: { readonly parameters: readonly Value[] },
  index: number,
): Value {
  const value = parameters[index];
  invariant(value !== undefined, `parameter ${index} is missing`);
  return value;
}

/** Shape of bottom number `index`, which the layer's counts promise. */
export function bottomShape(
  { bottoms }: { readonly bottoms: readonly Shape[] },
  index = 0,
): Shape {
  const shape = bottoms[index];
  invariant(shape !== undefined, `bottom ${index} is missing`);
  return shape;
}
