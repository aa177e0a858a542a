import {
  functionOf,
  type Graph,
  type GraphFunction,
  isOp,
  type Op,
  type Value,
  type Variable,
  withFunction,
} from '../ir/graph.js';
import { rewriteFunction } from '../ir/rewrite.js';
import { usesOf } from '../ir/uses.js';
import { readVariable } from '../ops/constant.js';
import { withoutDeadOps } from './eliminate-dead-ops.js';
import type { Pass } from './pass.js';
import { constantValues, staticValues } from './static-values.js';

const name = 'hoist-parameters';

/** The largest static values that ops on data read: what is worth keeping. */
function frontier(predict: GraphFunction): ReadonlyMap<Value, Op> {
  const statics = staticValues(predict);
  const constants = constantValues(predict);
  const uses = usesOf(predict);
  const returned = new Set(predict.outputs.map(({ value }) => value));
  const found = new Map<Value, Op>();
  for (const value of statics) {
    const producer = uses.producer(value);
    if (producer === undefined || isOp(producer, readVariable)) continue;
    if (constants.has(value)) continue;
    const leaves = uses
      .consumers(value)
      .some((reader) => reader.outputs.some((output) => !statics.has(output)));
    if (leaves || returned.has(value)) found.set(value, producer);
  }
  return found;
}

/** Numbers the derived variables of each layer, past names that other variables have. */
function variableNames(taken: readonly Variable[]): (layer: string) => string {
  const names = new Set(taken.map((variable) => variable.name));
  return (layer) => {
    let count = 0;
    while (names.has(`${layer}/derived/${count}`)) count++;
    const found = `${layer}/derived/${count}`;
    names.add(found);
    return found;
  };
}

/**
 * What depends on parameters alone is computed once, when they are assigned, and kept in a
 * variable of its own:
 *
 *     predict: read(w) ─ transpose ─ mul(scale) ─┐
 *              x ──────────────────────────── conv2d ─ y
 *
 *     derive:  read(w) ─ transpose ─ mul(scale) ─ store w'
 *     predict: read(w') ─┐
 *              x ─── conv2d ─ y
 */
export const hoistParameters: Pass<'physical', 'physical'> = {
  name,
  after: ['choose-layout', 'fuse-bias', 'merge-repeated-ops'],
  run: (graph): Graph<'physical'> => {
    const predict = functionOf(graph, 'predict');
    const nameFor = variableNames(graph.variables);
    const derived = new Map<Value, Variable>();
    for (const [value, { origin }] of frontier(predict)) {
      derived.set(value, {
        name: nameFor(origin.layer),
        type: value.type,
        source: { kind: 'derived' },
      });
    }
    const hoisted = rewriteFunction(name, predict, (op, builder) => {
      const [output] = op.outputs;
      const variable = output === undefined ? undefined : derived.get(output);
      return variable === undefined
        ? undefined
        : [builder.apply(readVariable, [], { variable })];
    });
    const derive = withoutDeadOps({
      ...predict,
      name: 'derive',
      inputs: [],
      outputs: [],
      stores: [...derived].map(([value, variable]) => ({ variable, value })),
    });
    const grown = withFunction(graph, hoisted);
    return {
      ...grown,
      variables: [...graph.variables, ...derived.values()],
      functions: [...grown.functions, derive],
    };
  },
};
