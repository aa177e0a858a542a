import { invariant } from './diagnostics.js';
import type { Graph, GraphFunction } from './ir/graph.js';
import { differentiateFunction } from './lower/differentiate.js';
import { lowerForward, topName } from './lower/forward.js';
import { seedOfLayers } from './lower/seed-of-layers.js';
import {
  assignFunction,
  initializeFunction,
  readFunction,
} from './lower/variable-functions.js';
import { VariableTable } from './lower/variable-table.js';
import type { Blob, Net } from './net/net.js';

export { gradientNames } from './lower/differentiate.js';
export { topName } from './lower/forward.js';

/** What the function `predict` returns. */
export type Observed =
  /** The blobs named, as they are after the whole forward pass. */
  | {
      readonly kind: 'blobs';
      readonly blobs: readonly Blob[];
      /** More blobs, as they are between layers, by the names under which they are returned. */
      readonly beside?: ReadonlyMap<string, Blob>;
    }
  /** Every top right after its layer, each behind a tap at which it can be replaced. */
  | { readonly kind: 'every-top' };

/** One forward pass. */
function predictFunction(
  net: Net,
  variables: VariableTable,
  observed: Observed,
  seed: number | undefined,
): GraphFunction {
  const forward = lowerForward(net, variables, {
    tapped: observed.kind === 'every-top',
    ...(seed === undefined ? {} : { seed: seedOfLayers(seed) }),
  });
  const outputs =
    observed.kind === 'every-top'
      ? Array.from(forward.made, ([blob, value]) => ({
          name: topName(blob),
          value,
        }))
      : [
          ...observed.blobs.map((blob) => [blob.name, blob] as const),
          ...(observed.beside ?? []),
        ].map(([name, blob]) => {
          const value = forward.values.get(blob);
          invariant(value !== undefined, `blob ${blob.name} has no value`);
          return { name, value };
        });
  const { inputs, builder, stores } = forward;
  return { name: 'predict', inputs, ops: builder.ops, outputs, stores };
}

/** Where random fillers begin when nobody says. */
export const defaultSeed = 1701;

export interface LowerOptions {
  readonly observed: Observed;
  /** Adds the function `differentiate`. */
  readonly differentiate?: boolean | undefined;
  /** Of fillers and random layers; default: one that is always the same. */
  readonly seed?: number | undefined;
}

/** The net as a graph in Caffe's axes: `predict`, `assign`, `initialize`, `read`. */
export function lowerNet(net: Net, options: LowerOptions): Graph<'logical'> {
  const variables = new VariableTable(net);
  const { seed } = options;
  const predict = predictFunction(net, variables, options.observed, seed);
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
      assignFunction('assign', variables.parameters),
      initializeFunction([{ net, variables }], [], seed ?? defaultSeed),
      readFunction('read', variables.parameters),
    ],
  };
}
