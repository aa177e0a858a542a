import { diagnostic } from '../../compiler/diagnostics.js';
import type { SolverState } from '../../compiler/weights/solverstate.js';
import type { ReadSolverState } from '../../compiler/weights/solverstate-reader.js';
import {
  countOf,
  type WeightBlob,
} from '../../compiler/weights/weight-file.js';

import {
  createHdf5,
  Hdf5Failure,
  type Hdf5Reader,
  openHdf5,
} from '../hdf5/hdf5-file.js';

/** Names in the file (sgd_solver.cpp, SnapshotSolverStateToHDF5). */
const names = {
  iter: 'iter',
  learnedNet: 'learned_net',
  currentStep: 'current_step',
  history: 'history',
} as const;

/** Writes a `.solverstate.h5` as Caffe does, at `path` itself. */
export function writeHdf5State(path: string, state: SolverState): void {
  const writer = createHdf5(path);
  writer.makeDataset(names.iter, [1], Int32Array.of(state.iter));
  writer.makeDataset(names.learnedNet, [], state.learnedNet);
  writer.makeDataset(names.currentStep, [1], Int32Array.of(state.currentStep));
  writer.makeGroup(names.history);
  state.history.forEach((blob, index) => {
    writer.makeDataset(`${names.history}/${index}`, blob.shape, blob.read());
  });
  writer.close();
}

export interface OpenHdf5State extends ReadSolverState {
  readonly close: () => void;
}

/** Indexes a `.solverstate.h5`; the history is read when it is asked for. */
export function readHdf5State(path: string): OpenHdf5State {
  let reader: Hdf5Reader | undefined;
  try {
    reader = openHdf5(path);
    const state = stateIn(reader);
    return { state, diagnostics: [], close: reader.close };
  } catch (thrown) {
    if (!(thrown instanceof Hdf5Failure)) throw thrown;
    const facts = { file: path, problem: thrown.message };
    return {
      state: undefined,
      diagnostics: [diagnostic('solver/state-damaged', facts)],
      close: reader?.close ?? (() => undefined),
    };
  }
}

function stateIn(reader: Hdf5Reader): SolverState<WeightBlob> {
  const history: WeightBlob[] = [];
  for (const node of reader.nodes) {
    const [, number] = /^history\/(\d{1,6})$/.exec(node.path) ?? [];
    if (number === undefined || node.kind !== 'dataset') continue;
    const { path, shape } = node;
    history[Number(number)] = {
      shape,
      storedAs: 'shape',
      count: countOf(shape),
      read: () => Float32Array.from(reader.read(path) as Float32Array),
    };
  }
  for (let index = 0; index < history.length; index++)
    if (history[index] === undefined)
      throw new Hdf5Failure(`history blob ${index} is missing`);
  return {
    iter: wholeIn(reader, names.iter),
    learnedNet: reader.readText(names.learnedNet),
    currentStep: wholeIn(reader, names.currentStep),
    history,
  };
}

function wholeIn(reader: Hdf5Reader, path: string): number {
  const [value] = reader.read(path);
  if (value === undefined) throw new Hdf5Failure(`'${path}' is empty`);
  return Number(value);
}
