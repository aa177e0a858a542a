import type { Graph, GraphFunction, Stage, Value } from '../ir/graph.js';
import type { Pass } from './pass.js';

/** The function with those ops alone that its outputs and stores need. */
export function withoutDeadOps(subject: GraphFunction): GraphFunction {
  const needed = new Set<Value>([
    ...subject.outputs.map(({ value }) => value),
    ...subject.stores.map(({ value }) => value),
  ]);
  const alive = subject.ops.toReversed().filter((op) => {
    if (!op.outputs.some((output) => needed.has(output))) return false;
    for (const input of op.inputs) needed.add(input);
    return true;
  });
  return { ...subject, ops: alive.toReversed() };
}

/**
 * Ops whose results nobody returns, stores or reads are left out. Inputs of functions stay:
 * they are the net's face.
 */
export const eliminateDeadOps = <S extends Stage>(): Pass<S, S> => ({
  name: 'eliminate-dead-ops',
  after: [],
  run: (graph: Graph<S>): Graph<S> => ({
    ...graph,
    functions: graph.functions.map(withoutDeadOps),
  }),
});
