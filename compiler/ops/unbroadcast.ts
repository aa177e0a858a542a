import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { sameShape, type Shape } from '../ir/types.js';
import { reduceSum } from './reductions.js';
import { reshape } from './shape-ops.js';

/** Undoes NumPy's broadcasting of a gradient: what was repeated is summed. */
export function unbroadcast(
  builder: Builder,
  gradient: Value,
  shape: Shape,
): Value {
  const from = gradient.type.shape;
  if (sameShape(from, shape)) return gradient;
  const axes = from.flatMap((size, axis) => {
    const own = shape[shape.length - from.length + axis] ?? 1;
    return own === 1 && size !== 1 ? [axis] : [];
  });
  const sum =
    axes.length === 0
      ? gradient
      : builder.apply(reduceSum, [gradient], { axes });
  return sameShape(sum.type.shape, shape)
    ? sum
    : builder.apply(reshape, [sum], { shape });
}
