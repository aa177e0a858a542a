import { invariant } from '../diagnostics.js';
import { Builder } from './builder.js';
import type { GraphFunction, Op, Value } from './graph.js';

/** Finds what a value of the old function has become. */
export type Lookup = (value: Value) => Value;

/**
 * Gives the outputs that stand for those of `op` in the new function, made with `builder`;
 * undefined keeps the op as it is (with its inputs looked up).
 */
export type Rule = (
  op: Op,
  builder: Builder,
  lookup: Lookup,
) => readonly Value[] | undefined;

/** Walks a function in order and builds the new one; ops made by the rule carry the pass's name. */
export function rewriteFunction(
  pass: string,
  before: GraphFunction,
  rule: Rule,
): GraphFunction {
  const replaced = new Map<Value, Value>();
  const lookup: Lookup = (value) => replaced.get(value) ?? value;
  const builder = new Builder({ layer: '', pass });
  for (const op of before.ops) {
    const made = builder.at({ ...op.origin, pass }, () =>
      rule(op, builder, lookup),
    );
    if (made === undefined) {
      const inputs = op.inputs.map(lookup);
      const changed = inputs.some((input, at) => input !== op.inputs[at]);
      if (!changed) {
        builder.ops.push(op);
        continue;
      }
      const copy = builder.at(op.origin, () =>
        builder.applyAll(op.definition, inputs, op.attributes),
      );
      op.outputs.forEach((output, at) => {
        const value = copy[at];
        invariant(value !== undefined, `${op.definition.name} lost an output`);
        replaced.set(output, value);
      });
      continue;
    }
    op.outputs.forEach((output, at) => {
      const value = made[at];
      invariant(value !== undefined, `${pass} lost an output`);
      replaced.set(output, value);
    });
  }
  return {
    ...before,
    ops: builder.ops,
    outputs: before.outputs.map(({ name, value }) => ({
      name,
      value: lookup(value),
    })),
    stores: before.stores.map(({ variable, value }) => ({
      variable,
      value: lookup(value),
    })),
  };
}
