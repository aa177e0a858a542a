import type { GraphFunction, Value } from '../ir/graph.js';

/** Ops that write their result into memory of its own, and never pass on an operand's. */
const computing = new Set([
  'add',
  'subtract',
  'multiply',
  'divide',
  'divideNoNan',
  'maximum',
  'minimum',
  'power',
]);

/**
 * The values of a function that may lie in the memory of what was fed. Reshape, Transpose,
 * Slice and many more hand on their operand's memory where there is nothing to compute. What
 * is fed is memory of JavaScript's: a variable that kept it would give it back on one of
 * TensorFlow's threads, where JavaScript's heap must not be touched.
 */
export function valuesInFedMemory({
  inputs,
  ops,
}: GraphFunction): ReadonlySet<Value> {
  const found = new Set<Value>(inputs.map(({ value }) => value));
  for (const op of ops) {
    if (computing.has(op.definition.name)) continue;
    if (!op.inputs.some((input) => found.has(input))) continue;
    for (const output of op.outputs) found.add(output);
  }
  return found;
}
