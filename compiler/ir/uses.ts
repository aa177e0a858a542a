import type { GraphFunction, Op, Value } from './graph.js';

/** Who defines and who reads the values of a function. */
export interface Uses {
  /** The op that defines the value; undefined for inputs of the function. */
  producer(value: Value): Op | undefined;
  /** The ops that read the value, one entry for each reading. */
  consumers(value: Value): readonly Op[];
  /** Whether one op reads it, once, and the function does not return or store it. */
  hasOneUse(value: Value): boolean;
  /** Whether the function returns or stores the value. */
  escapes(value: Value): boolean;
}

export function usesOf({ ops, outputs, stores }: GraphFunction): Uses {
  const producers = new Map<Value, Op>();
  const consumers = new Map<Value, Op[]>();
  const escaping = new Set<Value>([
    ...outputs.map(({ value }) => value),
    ...stores.map(({ value }) => value),
  ]);
  for (const op of ops) {
    for (const output of op.outputs) producers.set(output, op);
    for (const input of op.inputs) {
      const known = consumers.get(input);
      if (known === undefined) consumers.set(input, [op]);
      else known.push(op);
    }
  }
  return {
    producer: (value) => producers.get(value),
    consumers: (value) => consumers.get(value) ?? [],
    hasOneUse: (value) =>
      consumers.get(value)?.length === 1 && !escaping.has(value),
    escapes: (value) => escaping.has(value),
  };
}
