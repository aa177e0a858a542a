import { invariant } from '../diagnostics.js';
import { add, none } from '../ops/elementwise.js';
import type { Builder } from './builder.js';
import type { Op, Value } from './graph.js';
import { sameType } from './types.js';

/** The values that depend on `wanted` in a way that a gradient flows through. */
function dependents(
  ops: readonly Op[],
  wanted: readonly Value[],
): ReadonlySet<Value> {
  const found = new Set<Value>(wanted);
  for (const op of ops) {
    if (op.definition.gradient === null) continue;
    if (!op.inputs.some((input) => found.has(input))) continue;
    for (const output of op.outputs) found.add(output);
  }
  return found;
}

/** Gradients as they arrive: a value that several ops read gets their sum. */
class Gradients {
  private readonly sums = new Map<Value, Value>();
  private readonly builder: Builder;

  constructor(builder: Builder) {
    this.builder = builder;
  }

  add(value: Value, gradient: Value): void {
    invariant(
      sameType(value.type, gradient.type),
      `a gradient of another shape (${gradient.type.shape.join('x')} of ${value.type.shape.join('x')})`,
    );
    const before = this.sums.get(value);
    this.sums.set(
      value,
      before === undefined
        ? gradient
        : this.builder.apply(add, [before, gradient], none),
    );
  }

  of(value: Value): Value | undefined {
    return this.sums.get(value);
  }
}

/**
 * Reverse-mode differentiation: the gradients of the sum over `seeds` of
 * <seed, value> with respect to each of `wanted`; a value that no gradient reaches is not in
 * the result. `ops` are in order, and `builder` goes on where they end. Ops that nothing
 * wanted depends on are left alone.
 */
export function gradientsOf(
  ops: readonly Op[],
  seeds: ReadonlyMap<Value, Value>,
  wanted: readonly Value[],
  builder: Builder,
): ReadonlyMap<Value, Value> {
  const dependent = dependents(ops, wanted);
  const gradients = new Gradients(builder);
  for (const [value, seed] of seeds) gradients.add(value, seed);
  for (const op of ops.toReversed()) {
    const { gradient } = op.definition;
    if (gradient === null) continue;
    if (!op.inputs.some((input) => dependent.has(input))) continue;
    const outputs = op.outputs.map((output) => gradients.of(output));
    if (outputs.every((output) => output === undefined)) continue;
    builder.at({ ...op.origin, pass: 'autodiff', backward: true }, () => {
      const inputs = gradient(op, outputs, builder);
      op.inputs.forEach((input, index) => {
        const found = inputs[index];
        if (found !== undefined && dependent.has(input)) {
          gradients.add(input, found);
        }
      });
    });
  }
  return new Map(
    wanted.flatMap((value) => {
      const gradient = gradients.of(value);
      return gradient === undefined ? [] : [[value, gradient]];
    }),
  );
}
