import { error, shapeText, warning } from './rule.js';

/** Solvers. */
export const solverRules = {
  'solver/no-net': error<Record<never, never>>(
    () =>
      `the solver names no net to train: give net, train_net, net_param or train_net_param`,
  ),
  'solver/two-train-nets': error<{ first: string; second: string }>(
    (f) =>
      `the solver has ${f.first} and ${f.second}; only one of them can be trained`,
  ),
  'solver/net-file-missing': error<{ field: string; file: string }>(
    (f) => `there is no file '${f.file}', which '${f.field}' names`,
  ),
  'solver/test-iter-count': error<{ written: number; nets: number }>(
    (f) =>
      `the solver has ${f.written} of test_iter for ${f.nets} test nets; give one for each`,
  ),
  'solver/test-state-count': error<{ written: number; nets: number }>(
    (f) =>
      `the solver has ${f.written} of test_state for ${f.nets} test nets; give one for each, or none`,
  ),
  'solver/state-damaged': error<{ file: string; problem: string }>(
    (f) => `${f.file} cannot be read as a solver state: ${f.problem}`,
  ),
  'solver/history-count': error<{
    file: string;
    found: number;
    wanted: number;
  }>(
    (f) =>
      `${f.file} holds ${f.found} history blobs, and this solver keeps ${f.wanted}: it is of another net or of another type of solver`,
  ),
  'solver/history-shape': error<{
    file: string;
    index: number;
    found: readonly number[];
    wanted: readonly number[];
  }>(
    (f) =>
      `${f.file}: history blob ${f.index} has shape ${shapeText(f.found)}, and the parameter it belongs to ${shapeText(f.wanted)}`,
  ),
  'solver/snapshot-weights-missing': error<{ file: string; weights: string }>(
    (f) =>
      `${f.file} names the weights '${f.weights}', and they are neither there nor beside it`,
  ),
  'solver/snapshot-damaged': error<{ file: string; problem: string }>(
    (f) => `the snapshot of ${f.file} is not whole: ${f.problem}`,
  ),
  'solver/snapshot-folder': error<{ folder: string; problem: string }>(
    (f) => `no snapshot can be written into '${f.folder}': ${f.problem}`,
  ),
  'solver/hdf5-slash': warning<{ layer: string; count: number }>(
    (f) =>
      `the names of ${f.count} layers have slashes ('${f.layer}'), and Caffe can neither write nor load HDF5 snapshots of such a net; rancc writes groups within groups and reads them (snapshot_format: BINARYPROTO suits both)`,
  ),
  'solver/data-restart': warning<{ file: string }>(
    (f) =>
      `there is no record of where the data stood beside ${f.file}: they start again at the first record, as in Caffe`,
  ),
  'solver/other-environment': warning<{
    what: string;
    then: string;
    now: string;
  }>(
    (f) =>
      `the snapshot was written with ${f.what} ${f.then}, and now it is ${f.now}: the numbers may part from those of a run that was never stopped`,
  ),
};
