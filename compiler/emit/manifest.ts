import type { Model } from '../compile.js';
import type { EmittedTensor } from './graph-def.js';

/** What `rancc.json` beside a SavedModel says: how to call it, and where it came from. */
export interface Manifest {
  readonly generator: 'rancc';
  readonly version: string;
  readonly net: string;
  readonly source: string;
  readonly dialect: string;
  readonly phase: string;
  /** Axes of the blobs that go in and come out, and of the graph between. */
  readonly layout: { readonly blobs: 'NCHW'; readonly graph: 'NHWC' };
  readonly frozen: boolean;
  /** Whether `variables/` holds the weights. */
  readonly initialised: boolean;
  readonly inputs: readonly ManifestTensor[];
  readonly outputs: readonly ManifestTensor[];
  readonly signatures: readonly string[];
  readonly parameters: readonly ManifestParameter[];
  /** Passes that made the graph what it is, in order. */
  readonly passes: readonly string[];
}

export interface ManifestTensor {
  readonly blob: string;
  readonly tensor: string;
  readonly dtype: string;
  readonly shape: readonly number[];
}

export interface ManifestParameter {
  readonly layer: string;
  readonly blob: number;
  /** Caffe's order. */
  readonly shape: readonly number[];
  readonly variable: string;
  /** Feed it to give the parameter a value ... */
  readonly assign: string;
  /** ... and fetch this to have it done. */
  readonly assigned: string;
  readonly read: string;
}

export interface ManifestFacts {
  readonly version: string;
  readonly source: string;
  readonly frozen: boolean;
  readonly initialised: boolean;
  readonly passes: readonly string[];
}

const tensors = (
  list: ReadonlyMap<string, EmittedTensor>,
): readonly ManifestTensor[] =>
  [...list].map(([blob, { tensor, type }]) => ({
    blob,
    tensor,
    dtype: type.dtype,
    shape: type.shape,
  }));

/** The manifest of a compiled model. */
export function manifestOf(model: Model, facts: ManifestFacts): Manifest {
  const { net, dialect, savedModel } = model;
  const { functions } = savedModel.graph;
  const find = (name: string) => functions.find((each) => each.name === name);
  const [predict, assign, read] = ['predict', 'assign', 'read'].map(find);
  const parameters = model.graph.variables.flatMap((variable) => {
    const { name, type, source } = variable;
    if (source.kind !== 'parameter') return [];
    return [
      {
        layer: source.layer,
        blob: source.blob,
        shape: type.shape,
        variable: name,
        assign: assign?.inputs.get(name)?.tensor ?? '',
        assigned: assign?.stored.get(name) ?? '',
        read: read?.outputs.get(name)?.tensor ?? '',
      },
    ];
  });
  return {
    generator: 'rancc',
    version: facts.version,
    net: net.name,
    source: facts.source,
    dialect: dialect.dialect,
    phase: net.phase,
    layout: { blobs: 'NCHW', graph: 'NHWC' },
    frozen: facts.frozen,
    initialised: facts.initialised,
    inputs: tensors(predict?.inputs ?? new Map()),
    outputs: tensors(predict?.outputs ?? new Map()),
    signatures: savedModel.signatures,
    parameters,
    passes: facts.passes,
  };
}
