import { Builder, freshValue } from '../ir/builder.js';
import type { GraphFunction, Variable } from '../ir/graph.js';
import { filledWith, fillerValue, seededDraws } from '../layers/fillers.js';
import type { Net } from '../net/net.js';
import { readVariable } from '../ops/constant.js';
import type { VariableTable } from './variable-table.js';

/** Feeds of variables, in Caffe's order and shape, by the variable's name. */
export function assignFunction(
  name: string,
  variables: readonly Variable[],
): GraphFunction {
  const fed = variables.map((variable) => ({
    variable,
    value: freshValue(variable.type),
  }));
  return {
    name,
    inputs: fed.map(({ variable, value }) => ({ name: variable.name, value })),
    ops: [],
    outputs: [],
    stores: fed,
  };
}

/** A net with parameters of its own. */
export interface Owner {
  readonly net: Net;
  readonly variables: VariableTable;
}

/**
 * The values that the fillers give, random ones from the seed and the parameter's number;
 * all other variables start at 0.
 */
export function initializeFunction(
  owners: readonly Owner[],
  zeroed: readonly Variable[],
  seed: number,
): GraphFunction {
  const builder = new Builder({ layer: '' });
  const filled = owners
    .flatMap(({ net, variables }) => {
      const own = new Set(variables.parameters);
      return net.layers
        .flatMap(({ parameters }) => parameters)
        .filter(({ owner }) => owner === undefined)
        .map((parameter) => ({
          parameter,
          variable: variables.of(parameter),
        }))
        .filter(({ variable }) => own.has(variable));
    })
    .map(({ parameter, variable }, index) => ({
      variable,
      value: fillerValue(
        builder,
        parameter.spec,
        seededDraws(builder, seed + index),
      ),
    }));
  const states = owners.flatMap(({ variables }) => variables.states);
  const cleared = [...states, ...zeroed].map((variable) => ({
    variable,
    value: filledWith(builder, variable.type.shape, 0),
  }));
  return {
    name: 'initialize',
    inputs: [],
    ops: builder.ops,
    outputs: [],
    stores: [...filled, ...cleared],
  };
}

/** Variables in Caffe's order and shape, by name. */
export function readFunction(
  name: string,
  variables: readonly Variable[],
): GraphFunction {
  const builder = new Builder({ layer: '' });
  const outputs = variables.map((variable) => ({
    name: variable.name,
    value: builder.apply(readVariable, [], { variable }),
  }));
  return { name, inputs: [], ops: builder.ops, outputs, stores: [] };
}
