import type { Model } from '../compile.js';
import type { Precision } from '../passes/precision.js';
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
  /** Of products; parameters, inputs and outputs are float32 in either. */
  readonly precision: Precision;
  readonly frozen: boolean;
  /** Whether `variables/` holds the weights. */
  readonly initialised: boolean;
  readonly inputs: readonly ManifestTensor[];
  readonly outputs: readonly ManifestTensor[];
  readonly signatures: readonly string[];
  readonly parameters: readonly ManifestParameter[];
  /** What the solver remembers, of a graph that trains. */
  readonly history?: readonly ManifestVariable[];
  /** Passes that made the graph what it is, in order. */
  readonly passes: readonly string[];
}

export interface ManifestTensor {
  readonly blob: string;
  readonly tensor: string;
  readonly dtype: string;
  readonly shape: readonly number[];
}

export interface ManifestVariable {
  /** Caffe's order. */
  readonly shape: readonly number[];
  readonly variable: string;
  /** Feed it to give the variable a value ... */
  readonly assign: string;
  /** ... and fetch this to have it done. */
  readonly assigned: string;
  readonly read: string;
}

export interface ManifestParameter extends ManifestVariable {
  readonly layer: string;
  readonly blob: number;
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

/** How the variables of two functions, one that assigns and one that reads, are called. */
function served(
  { savedModel }: Model,
  assignName: string,
  readName: string,
): ReadonlyMap<string, ManifestVariable> {
  const { functions } = savedModel.graph;
  const find = (name: string) => functions.find((each) => each.name === name);
  const assign = find(assignName);
  const read = find(readName);
  return new Map(
    Array.from(assign?.inputs ?? [], ([variable, { tensor, type }]) => [
      variable,
      {
        shape: type.shape,
        variable,
        assign: tensor,
        assigned: assign?.stored.get(variable) ?? '',
        read: read?.outputs.get(variable)?.tensor ?? '',
      },
    ]),
  );
}

/** The manifest of a compiled model; of one that trains the inputs are those of a step. */
export function manifestOf(model: Model, facts: ManifestFacts): Manifest {
  const { net, dialect, savedModel } = model;
  const { functions } = savedModel.graph;
  const main =
    functions.find(({ name }) => name === 'predict') ??
    functions.find(({ name }) => name === 'train_step');
  const assigned = served(model, 'assign', 'read');
  const parameters = model.graph.variables.flatMap(({ name, type, source }) => {
    if (source.kind !== 'parameter') return [];
    const call = assigned.get(name) ?? {
      shape: type.shape,
      variable: name,
      assign: '',
      assigned: '',
      read: '',
    };
    return [{ layer: source.layer, blob: source.blob, ...call }];
  });
  const history = [...served(model, 'assign_state', 'read_state').values()];
  return {
    generator: 'rancc',
    version: facts.version,
    net: net.name,
    source: facts.source,
    dialect: dialect.dialect,
    phase: net.phase,
    layout: { blobs: 'NCHW', graph: 'NHWC' },
    precision: model.precision,
    frozen: facts.frozen,
    initialised: facts.initialised,
    inputs: tensors(main?.inputs ?? new Map()),
    outputs: tensors(main?.outputs ?? new Map()),
    signatures: savedModel.signatures,
    parameters,
    ...(history.length === 0 ? {} : { history }),
    passes: facts.passes,
  };
}
