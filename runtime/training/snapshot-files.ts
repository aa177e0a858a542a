import type { SolverModel } from '../../compiler/compile-solver.js';
import { invariant } from '../../compiler/diagnostics.js';
import type { Net, Parameter } from '../../compiler/net/net.js';
import type {
  BlobToWrite,
  NetToWrite,
} from '../../compiler/weights/caffemodel-writer.js';
import { layersAsWritten } from '../../compiler/weights/net-as-written.js';
import type { SolverState } from '../../compiler/weights/solverstate.js';
import {
  countOf,
  type WeightBlob,
  type WeightFile,
} from '../../compiler/weights/weight-file.js';

import type { Tensor } from '../tensor.js';

/** What the session held when the snapshot was taken, in Caffe's shapes. */
export interface SnapshotValues {
  /** By variable. */
  readonly parameters: ReadonlyMap<string, Tensor>;
  /** By variable of the history. */
  readonly history: ReadonlyMap<string, Tensor>;
  /** The last update of each parameter, where snapshots hold it. */
  readonly updates?: ReadonlyMap<string, Tensor> | undefined;
}

const valuesIn = (
  tensors: ReadonlyMap<string, Tensor>,
  variable: string,
): Float32Array<ArrayBuffer> => {
  const data = tensors.get(variable)?.data;
  invariant(data instanceof Float32Array, `nothing was read of '${variable}'`);
  invariant(data.buffer instanceof ArrayBuffer, 'it is not shared');
  return new Float32Array(data.buffer, data.byteOffset, data.length);
};

/** The name by which a parameter is shared, if it is. */
const sharedName = (
  { message }: Net['layers'][number],
  { index }: Parameter,
): string | undefined => {
  const name = message.get('param')[index]?.get('name') ?? '';
  return name === '' ? undefined : name;
};

type SnapshotBlob = WeightBlob & Pick<BlobToWrite, 'readDiff'>;

function blobsOf(
  layer: Net['layers'][number],
  { parameters, updates }: SnapshotValues,
): readonly SnapshotBlob[] {
  return layer.parameters.map((parameter): SnapshotBlob => {
    const { variable } = parameter.owner ?? parameter;
    const { shape } = parameter.spec;
    return {
      shape,
      storedAs: 'shape',
      count: countOf(shape),
      sharedAs: sharedName(layer, parameter),
      read: () => valuesIn(parameters, variable),
      readDiff:
        updates === undefined ? undefined : () => valuesIn(updates, variable),
    };
  });
}

/** The train net with its parameters, for a caffemodel and for its HDF5 form. */
export function weightsToWrite(
  { train }: Pick<SolverModel, 'train'>,
  values: SnapshotValues,
  path: string,
): NetToWrite & WeightFile {
  const blobs = new Map(
    train.layers.map((layer) => [layer.name, blobsOf(layer, values)]),
  );
  return {
    path,
    name: train.name,
    format: 'caffemodel, V2',
    layers: layersAsWritten(train).map((message) => ({
      name: message.get('name'),
      type: message.get('type'),
      blobs: blobs.get(message.get('name')) ?? [],
      message,
    })),
  };
}

/** Where the solver is, for a solver state of either form. */
export const stateToWrite = (
  { history }: Pick<SolverModel, 'history'>,
  values: SnapshotValues,
  at: Pick<SolverState, 'iter' | 'currentStep' | 'learnedNet'>,
): SolverState => ({
  iter: at.iter,
  currentStep: at.currentStep,
  learnedNet: at.learnedNet,
  history: history.map(({ variable, parameter }) => ({
    shape: parameter.shape,
    read: () => valuesIn(values.history, variable),
  })),
});
