import {
  type GraphFunction,
  isOp,
  type Op,
  type Value,
  type Variable,
} from '../ir/graph.js';
import { constant, readVariable, tap } from '../ops/constant.js';

/** Whether a variable has its value from `assign`, and not from pass to pass. */
const isAssigned = ({ source: { kind } }: Variable): boolean =>
  kind === 'parameter' || kind === 'derived';

/**
 * The values that depend on parameters and constants alone, so that they are the same in
 * every call until the parameters are assigned anew.
 */
export function staticValues({
  ops,
  stores,
}: GraphFunction): ReadonlySet<Value> {
  const known = new Set<Value>();
  // What the function itself stores is another in the next call.
  const changing = new Set(stores.map(({ variable }) => variable));
  const isStatic = (op: Op): boolean =>
    (isOp(op, readVariable) &&
      isAssigned(op.attributes.variable) &&
      !changing.has(op.attributes.variable)) ||
    isOp(op, constant) ||
    (op.inputs.length > 0 &&
      !isOp(op, tap) &&
      op.inputs.every((input) => known.has(input)));
  for (const op of ops) {
    if (!isStatic(op)) continue;
    for (const output of op.outputs) known.add(output);
  }
  return known;
}

/** Those of them that no variable has a part in. */
export function constantValues({ ops }: GraphFunction): ReadonlySet<Value> {
  const known = new Set<Value>();
  for (const op of ops) {
    const isConstant =
      isOp(op, constant) ||
      (op.inputs.length > 0 && op.inputs.every((input) => known.has(input)));
    if (!isConstant) continue;
    for (const output of op.outputs) known.add(output);
  }
  return known;
}
