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
  'solver/layer-state-missing': warning<{ layer: string }>(
    (f) =>
      `the snapshot does not hold what layer '${f.layer}' kept from pass to pass: it starts at 0`,
  ),
  'solver/unknown-name': error<{ field: string; name: string; known: string }>(
    (f) =>
      f.name === ''
        ? `the solver has no ${f.field}; it is one of ${f.known}`
        : `'${f.name}' is no ${f.field}; it is one of ${f.known}`,
  ),
  'solver/foreign-option': error<{ option: string }>(
    (f) =>
      `'${f.option}' belongs to another fork of Caffe and is not supported; remove it to train without`,
  ),
  'solver/too-small': error<{ field: string; least: number }>(
    (f) => `${f.field} must be at least ${f.least}`,
  ),
  'solver/momentum': error<{ type: string }>(
    (f) => `momentum cannot be used with ${f.type}`,
  ),
  'solver/rms-decay': error<{ value: number }>(
    (f) => `rms_decay must be at least 0 and less than 1, not ${f.value}`,
  ),
  'solver/unrecorded-snapshot': warning<{ file: string }>(
    (f) =>
      `${f.file} has no record of rancc's beside it, so that --snapshot auto passes it over; name it to go on from it`,
  ),
  'solver/weights-missing': error<{ file: string }>(
    (f) => `there is no file '${f.file}' to take weights from`,
  ),
  'solver/unfed-input': error<{ input: string; net: string }>(
    (f) =>
      `nobody feeds '${f.input}' of net '${f.net}': a net is trained and tested on its data layers (Data, ImageData, HDF5Data, WindowData, DummyData)`,
  ),
  'solver/shape-of-data': error<{
    input: string;
    given: readonly number[];
    found: readonly number[];
  }>(
    (f) =>
      `'${f.input}' is ${shapeText(f.given)} by --input-shape, and its source gives ${shapeText(f.found)}`,
  ),
  'solver/net-debug-info': warning<Record<never, never>>(
    () =>
      `debug_info of a net has no effect in a training, as in Caffe: that of the solver counts`,
  ),
  'solver/test-blob-count': error<{
    layer: string;
    blobs: number;
    trained: number;
  }>(
    (f) =>
      `layer '${f.layer}' has ${f.blobs} blobs in the test net and ${f.trained} in the train net, which shares them`,
  ),
  'solver/test-blob-shape': error<{
    layer: string;
    index: number;
    shape: readonly number[];
    trained: readonly number[];
  }>(
    (f) =>
      `blob ${f.index} of layer '${f.layer}' is ${shapeText(f.shape)} in the test net and ${shapeText(f.trained)} in the train net, which shares it`,
  ),
  'solver/no-loss': error<{ net: string }>(
    (f) => `net '${f.net}' has no loss: there is nothing to train it by`,
  ),
  'solver/statistics-decay': warning<{ layer: string; layers: number }>(
    (f) =>
      `weight decay shrinks the moving statistics of ${f.layers === 1 ? `layer '${f.layer}'` : `${f.layers} layers, of which '${f.layer}' is the first`}, as in Caffe; protect them with 'param { lr_mult: 0 decay_mult: 0 }' for each of their blobs, or --protect-statistics`,
  ),
  'solver/slope-starts-at-zero': warning<{ layer: string; layers: number }>(
    (f) =>
      `${f.layers === 1 ? `layer '${f.layer}' has` : `${f.layers} BN layers, of which '${f.layer}' is the first, have`} neither weights nor a slope_filler: slopes start at 0, so that nothing passes; write 'slope_filler { type: "constant" value: 1 }'`,
  ),
};
