import { type Graph, isOp, type Variable } from '../ir/graph.js';
import { usesOf } from '../ir/uses.js';
import { readVariable } from '../ops/constant.js';
import { permuteShape } from '../ops/shape-ops.js';

/** The parameters that an op reads as the filter of images. */
function filtersIn(graph: Graph<'logical'>): ReadonlySet<Variable> {
  const found = new Set<Variable>();
  for (const subject of graph.functions) {
    const uses = usesOf(subject);
    for (const { definition, inputs } of subject.ops) {
      const { layout } = definition;
      if (layout.kind !== 'spatial') continue;
      inputs.forEach((input, index) => {
        if (layout.inputs[index] !== 'filter') return;
        const producer = uses.producer(input);
        if (isOp(producer, readVariable))
          found.add(producer.attributes.variable);
      });
    }
  }
  return found;
}

/** The name of the parameter that a variable belongs to, itself or what a solver keeps for it. */
const parameterOf = ({ name, source }: Variable): string =>
  'parameter' in source ? source.parameter : name;

/**
 * What takes the place of each variable that is kept in the order of a filter, its axes
 * permuted: parameters that are read as filters, and what a solver keeps for them.
 */
export function filterVariables(
  graph: Graph<'logical'>,
  permutation: readonly number[],
): ReadonlyMap<Variable, Variable> {
  const names = new Set(Array.from(filtersIn(graph), ({ name }) => name));
  return new Map(
    graph.variables.flatMap((variable): [Variable, Variable][] => {
      if (!names.has(parameterOf(variable))) return [];
      const { dtype, shape } = variable.type;
      const type = { dtype, shape: permuteShape(shape, permutation) };
      return [[variable, { ...variable, type }]];
    }),
  );
}
