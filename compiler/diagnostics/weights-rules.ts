import { error, shapeText, warning } from './rule.js';

/** Weight files, and weights against nets. */
export const weightsRules = {
  'weights/shape-mismatch': error<{
    layer: string;
    blob: number;
    file: readonly number[];
    net: readonly (number | string)[];
  }>(
    (f) =>
      `blob ${f.blob} of layer '${f.layer}' is ${shapeText(f.file)} in the file and ${shapeText(f.net)} in the net`,
  ),
  'weights/missing-layer': warning<{ layer: string }>(
    (f) =>
      `the weight file has no layer '${f.layer}'; its parameters keep their fillers' values`,
  ),
  'weights/foreign-file': error<{ file: string; what: string }>(
    (f) => `${f.file} has not the form of a caffemodel: it is ${f.what}`,
  ),
  'weights/corrupt': error<{
    file: string;
    offset: number;
    /** In or after which layer. */
    place: string | undefined;
    problem: string;
  }>(
    (f) =>
      `${f.file} is damaged or no caffemodel: at byte ${f.offset}${f.place === undefined ? '' : ` (${f.place})`} ${f.problem}`,
  ),
  'weights/no-layers': error<{ file: string }>(
    (f) => `${f.file} has no layers; it is cut off or no caffemodel`,
  ),
  'weights/mixed-layers': error<{ file: string }>(
    (f) =>
      `${f.file} has both 'layer' and the old 'layers'; one form is allowed`,
  ),
  'weights/mixed-versions': warning<{ file: string; ignored: number }>(
    (f) =>
      `${f.file} has layers in V0 form and ${f.ignored} of today's 'layer'; as in Caffe the latter are ignored`,
  ),
  'weights/old-type-unknown': warning<{
    file: string;
    layer: string;
    number: string;
  }>(
    (f) =>
      `${f.file}: layer '${f.layer}' is of V1's type number ${f.number}, which is not one of Caffe's, and forks disagree about it; its type is left out`,
  ),
  'weights/old-field-unknown': warning<{
    file: string;
    /** The message of an old layer. */
    type: string;
    field: number;
  }>(
    (f) =>
      `${f.file}: field ${f.field} of ${f.type} is not known and has no place in today's layers; it is left out`,
  ),
  'weights/data-count': error<{
    file: string;
    offset: number;
    layer: string;
    blob: number;
    shape: readonly number[];
    values: number;
  }>(
    (f) =>
      `${f.file}: blob ${f.blob} of layer '${f.layer}' (at byte ${f.offset}) has ${f.values} values for the shape ${shapeText(f.shape)}`,
  ),
  'weights/foreign-data': error<{
    file: string;
    layer: string;
    blob: number;
    field: string;
  }>(
    (f) =>
      `${f.file}: blob ${f.blob} of layer '${f.layer}' keeps its values in the field '${f.field}' of another fork, which cannot be read`,
  ),
  'weights/other-form': warning<{ file: string; what: string }>(
    (f) => `${f.file} is ${f.what}, whatever its name says; it is read as that`,
  ),
  'weights/damaged': error<{ file: string; what: string; problem: string }>(
    (f) => `${f.file} is ${f.what}, but damaged: ${f.problem}`,
  ),
  'weights/unreadable': error<{ file: string; what: string; problem: string }>(
    (f) =>
      `${f.file} is ${f.what} that cannot be read as weights: ${f.problem}`,
  ),
  'weights/array-names': warning<{
    file: string;
    names: readonly string[];
    more: number;
  }>(
    (f) =>
      `${f.file} has arrays whose names tell no layer and blob (as conv1/0 or conv1.weight do); they are ignored: ${f.names.join(', ')}${f.more > 0 ? ` and ${f.more} more` : ''}`,
  ),
  'weights/repeated-layer': warning<{ layer: string }>(
    (f) =>
      `the weights have several layers '${f.layer}'; this form of file holds one of a name, and the last is written, which Caffe would take`,
  ),
  'weights/left-out-blob': error<{ layer: string; blob: number }>(
    (f) =>
      `layer '${f.layer}' lacks blob ${f.blob}, which it shares with another layer; HDF5 does not say with which, so that no caffemodel can be made of it`,
  ),
  'weights/too-large': error<{ file: string; bytes: number }>(
    (f) =>
      `${f.file} would have ${f.bytes} bytes; protobuf, and so Caffe, reads no caffemodel of 2 GiB or more`,
  ),
  'weights/hdf5-slash': warning<{ file: string; layer: string; count: number }>(
    (f) =>
      `${f.file}: the names of ${f.count} layers have slashes ('${f.layer}'), which are groups within groups in HDF5; Caffe can neither write nor load such a file, rancc and others read it`,
  ),
  'weights/hdf5-name': error<{ layer: string; problem: string }>(
    (f) => `layer '${f.layer}' cannot be written as HDF5: ${f.problem}`,
  ),
  'weights/old-shapes': warning<{ file: string; layer: string; count: number }>(
    (f) =>
      `${f.file}: the shapes of ${f.count} blobs are the four numbers of an old file (layer '${f.layer}'), of which their type does not tell today's; Caffe compares them with the net's in full`,
  ),
  'weights/blob-number': error<{ layer: string; file: number; net: number }>(
    (f) =>
      `layer '${f.layer}' has ${f.file} blobs in the weight file and ${f.net} in the net`,
  ),
  'weights/bad-golden': error<{ file: string; problem: string }>(
    (f) => `${f.file} is no golden: ${f.problem}`,
  ),
  'weights/no-formula': error<{
    layer: string;
    type: string;
    blob: number;
  }>(
    (f) =>
      `the formula of the goldens has no values for blob ${f.blob} of layer '${f.layer}' of type ${f.type}`,
  ),
};
