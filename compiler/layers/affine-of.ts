import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { add, multiply, scalar } from './operands.js';

/** scale * x + shift, without the halves that change nothing. */
export function affineOf(
  builder: Builder,
  x: Value,
  scale: number,
  shift: number,
): Value {
  const scaled = scale === 1 ? x : multiply(builder, x, scalar(builder, scale));
  return shift === 0 ? scaled : add(builder, scaled, scalar(builder, shift));
}
