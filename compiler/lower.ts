import { invariant } from './diagnostics.js';
import { Builder, freshValue } from './ir/builder.js';
import type {
  Graph,
  GraphFunction,
  Named,
  Origin,
  Value,
  Variable,
} from './ir/graph.js';
import { elementCount, float32 } from './ir/types.js';
import { fillerValue } from './layers/fillers.js';
import { reshaped } from './layers/operands.js';
import type { Blob, Layer, Net, Parameter } from './net/net.js';
import { readVariable, tap } from './ops/constant.js';

/** What the function `predict` returns. */
export type Observed =
  /** The blobs named, as they are after the whole forward pass. */
  | { readonly kind: 'blobs'; readonly blobs: readonly Blob[] }
  /** Every top right after its layer, each behind a tap at which it can be replaced. */
  | { readonly kind: 'every-top' };

/** The name under which a top is observed: a layer may work in place on another's blob. */
export const topName = ({ producer, index }: Blob): string =>
  `${producer}/${index}`;

const originOf = (layer: Layer): Origin => ({
  layer: layer.name,
  span: layer.message.span,
});

/** One variable for each parameter that is not another's. */
export function parameterVariables(net: Net): readonly Variable[] {
  return net.layers
    .flatMap(({ parameters }) => parameters)
    .filter(({ owner }) => owner === undefined)
    .map((parameter) => ({
      name: parameter.variable,
      type: float32(parameter.spec.shape),
      source: {
        kind: 'parameter',
        layer: parameter.layer,
        blob: parameter.index,
      },
    }));
}

function predictFunction(
  net: Net,
  variables: ReadonlyMap<string, Variable>,
  observed: Observed,
): GraphFunction {
  const builder = new Builder({ layer: '' });
  const values = new Map<Blob, Value>();
  const inputs: Named[] = [];
  const outputs: Named[] = [];
  const read = (parameter: Parameter): Value => {
    const variable = variables.get((parameter.owner ?? parameter).variable);
    invariant(variable !== undefined, `no variable for ${parameter.layer}`);
    const value = builder.apply(readVariable, [], { variable });
    return reshaped(builder, value, parameter.spec.shape);
  };
  const lowerLayer = (layer: Layer): readonly Value[] => {
    const { setUp } = layer;
    invariant(setUp !== undefined, `layer ${layer.name} is not set up`);
    if (layer.type === 'Input') {
      return layer.tops.map((blob, index) => {
        const value = freshValue(float32(setUp.tops[index] ?? []));
        inputs.push({ name: blob.name, value });
        return value;
      });
    }
    const bottoms = layer.bottoms.map((blob) => {
      const value = values.get(blob);
      invariant(value !== undefined, `blob ${blob.name} has no value`);
      return value;
    });
    const parameters = layer.parameters.map(read);
    return setUp.lower({ builder, bottoms, parameters });
  };
  for (const layer of net.layers) {
    builder.at(originOf(layer), () => {
      lowerLayer(layer).forEach((value, index) => {
        const blob = layer.tops[index];
        invariant(blob !== undefined, `${layer.name} has no top ${index}`);
        invariant(
          blob.shape !== undefined &&
            elementCount(blob.shape) === elementCount(value.type.shape),
          `top ${index} of ${layer.name} has another shape than it said`,
        );
        if (observed.kind === 'blobs') {
          values.set(blob, value);
          return;
        }
        const name = topName(blob);
        outputs.push({ name, value });
        values.set(blob, builder.apply(tap, [value], { name }));
      });
    });
  }
  if (observed.kind === 'blobs') {
    for (const blob of observed.blobs) {
      const value = values.get(blob);
      invariant(value !== undefined, `blob ${blob.name} has no value`);
      outputs.push({ name: blob.name, value });
    }
  }
  return { name: 'predict', inputs, ops: builder.ops, outputs, stores: [] };
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

/** The values that the fillers give, random ones from the seed and the parameter's number. */
function initializeFunction(
  net: Net,
  variables: ReadonlyMap<string, Variable>,
  seed: number,
): GraphFunction {
  const builder = new Builder({ layer: '' });
  const stores = net.layers
    .flatMap(({ parameters }) => parameters)
    .filter(({ owner }) => owner === undefined)
    .map((parameter, index) => {
      const variable = variables.get(parameter.variable);
      invariant(variable !== undefined, `no variable for ${parameter.layer}`);
      const value = fillerValue(builder, parameter.spec, seed + index);
      return { variable, value };
    });
  return {
    name: 'initialize',
    inputs: [],
    ops: builder.ops,
    outputs: [],
    stores,
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

/** The net as a graph in Caffe's axes: `predict`, `assign`, `initialize` and `read`. */
export function lowerNet(net: Net, observed: Observed): Graph<'logical'> {
  const variables = parameterVariables(net);
  const byName = new Map(
    variables.map((variable) => [variable.name, variable]),
  );
  return {
    stage: 'logical',
    name: net.name,
    variables,
    functions: [
      predictFunction(net, byName, observed),
      assignFunction(variables),
      initializeFunction(net, byName, defaultSeed),
      readFunction(variables),
    ],
  };
}
