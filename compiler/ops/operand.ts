import { invariant } from '../diagnostics.js';
import type { Op, Value } from '../ir/graph.js';
import type { TensorType } from '../ir/types.js';

/** Input `index` of an op, which the op's own type rule has checked to exist. */
export function operand(op: Op, index: number): Value {
  const value = op.inputs[index];
  invariant(value !== undefined, `${op.definition.name} lacks input ${index}`);
  return value;
}

/** The first output of an op. */
export function result(op: Op): Value {
  const [value] = op.outputs;
  invariant(value !== undefined, `${op.definition.name} has no output`);
  return value;
}

/** Type of input `index` in a type rule. */
export function inputType(
  inputs: readonly TensorType[],
  index: number,
): TensorType {
  const type = inputs[index];
  invariant(type !== undefined, `input ${index} is missing`);
  return type;
}
