import { invariant } from '../diagnostics.js';
import { functionOf, type Graph, isOp, type Variable } from '../ir/graph.js';
import { rewriteFunction } from '../ir/rewrite.js';
import { constant, readVariable } from '../ops/constant.js';

const name = 'freeze-parameters';

/** The variables that `predict` reads: what freezing needs the values of. */
export function variablesRead(graph: Graph<'physical'>): readonly Variable[] {
  const read = new Set<Variable>();
  for (const op of functionOf(graph, 'predict').ops) {
    if (isOp(op, readVariable)) read.add(op.attributes.variable);
  }
  return [...read];
}

/**
 * Every variable that `predict` reads becomes a constant with the value it has now; the graph
 * keeps `predict` alone and no state:
 *
 *     read(w) ─┐
 *     x ─── conv2d ─ y
 *
 *     constant ─┐
 *     x ─── conv2d ─ y
 */
export function freezeParameters(
  graph: Graph<'physical'>,
  values: ReadonlyMap<Variable, Float32Array>,
): Graph<'physical'> {
  const predict = rewriteFunction(
    name,
    functionOf(graph, 'predict'),
    (op, builder) => {
      if (!isOp(op, readVariable)) return undefined;
      const { variable } = op.attributes;
      const data = values.get(variable);
      invariant(data !== undefined, `${variable.name} has no value`);
      return [
        builder.apply(constant, [], { tensor: { type: variable.type, data } }),
      ];
    },
  );
  return { ...graph, variables: [], functions: [predict] };
}
