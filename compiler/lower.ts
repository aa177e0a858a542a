import { invariant } from './diagnostics.js';
import { Builder, freshValue } from './ir/builder.js';
import type { Graph, GraphFunction, Variable } from './ir/graph.js';
import { filledWith, fillerValue } from './layers/fillers.js';
import { differentiateFunction } from './lower/differentiate.js';
import { lowerForward, topName } from './lower/forward.js';
import { VariableTable } from './lower/variable-table.js';
import type { Blob, Net } from './net/net.js';
import { readVariable } from './ops/constant.js';

export { gradientNames } from './lower/differentiate.js';
export { topName } from './lower/forward.js';

/** What the function `predict` returns. */
export type Observed =
  /** The blobs named, as they are after the whole forward pass. */
  | { readonly kind: 'blobs'; readonly blobs: readonly Blob[] }
  /** Every top right after its layer, each behind a tap at which it can be replaced. */
  | { readonly kind: 'every-top' };

/** One forward pass. */
function predictFunction(
  net: Net,
  variables: VariableTable,
  observed: Observed,
): GraphFunction {
  const forward = lowerForward(net, variables, {
    tapped: observed.kind === 'every-top',
  });
  const outputs =
    observed.kind === 'every-top'
      ? Array.from(forward.made, ([blob, value]) => ({
          name: topName(blob),
          value,
        }))
      : observed.blobs.map((blob) => {
          const value = forward.values.get(blob);
          invariant(value !== undefined, `blob ${blob.name} has no value`);
          return { name: blob.name, value };
        });
  const { inputs, builder, stores } = forward;
  return { name: 'predict', inputs, ops: builder.ops, outputs, stores };
}

/** Feeds of every parameter, in Caffe's order and shape, into their variables. */
function assignFunction(variables: readonly Variable[]): GraphFunction {
  const fed = variables.map((variable) => ({
    variable,
    value: freshValue(variable.type),
  }));
  return {
    name: 'assign',
    inputs: fed.map(({ variable, value }) => ({ name: variable.name, value })),
    ops: [],
    outputs: [],
    stores: fed,
  };
}

/**
 * The values that the fillers give, random ones from the seed and the parameter's number;
 * what layers keep from pass to pass starts at 0.
 */
function initializeFunction(
  net: Net,
  variables: VariableTable,
  seed: number,
): GraphFunction {
  const builder = new Builder({ layer: '' });
  const filled = net.layers
    .flatMap(({ parameters }) => parameters)
    .filter(({ owner }) => owner === undefined)
    .map((parameter, index) => ({
      variable: variables.of(parameter),
      value: fillerValue(builder, parameter.spec, seed + index),
    }));
  const cleared = variables.states.map((variable) => ({
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

/** Every parameter, in Caffe's order and shape. */
function readFunction(variables: readonly Variable[]): GraphFunction {
  const builder = new Builder({ layer: '' });
  const outputs = variables.map((variable) => ({
    name: variable.name,
    value: builder.apply(readVariable, [], { variable }),
  }));
  return { name: 'read', inputs: [], ops: builder.ops, outputs, stores: [] };
}

/** Where random fillers begin when nobody says. */
const defaultSeed = 1701;

export interface LowerOptions {
  readonly observed: Observed;
  /** Adds the function `differentiate`. */
  readonly differentiate?: boolean | undefined;
}

/** The net as a graph in Caffe's axes: `predict`, `assign`, `initialize`, `read`. */
export function lowerNet(net: Net, options: LowerOptions): Graph<'logical'> {
  const variables = new VariableTable(net);
  const predict = predictFunction(net, variables, options.observed);
  const differentiate =
    options.differentiate === true
      ? [differentiateFunction(net, variables)]
      : [];
  return {
    stage: 'logical',
    name: net.name,
    variables: variables.all,
    functions: [
      predict,
      ...differentiate,
      assignFunction(variables.parameters),
      initializeFunction(net, variables, defaultSeed),
      readFunction(variables.parameters),
    ],
  };
}
