import {
  type Diagnostic,
  diagnostic,
  isError,
} from '../../compiler/diagnostics.js';
import {
  assembleLayers,
  type FoundArray,
} from '../../compiler/weights/assemble-layers.js';
import type { ReadWeights } from '../../compiler/weights/caffemodel-reader.js';
import { unnamedArrays } from '../../compiler/weights/unnamed-arrays.js';
import { UnreadableWeights } from '../../compiler/weights/unreadable-weights.js';
import {
  countOf,
  type WeightBlob,
  type WeightFile,
} from '../../compiler/weights/weight-file.js';
import { formText } from '../../compiler/weights/weight-form.js';
import {
  metadataName,
  metadataText,
  readMetadata,
  type WeightMetadata,
} from '../../compiler/weights/weight-metadata.js';

import {
  createHdf5,
  Hdf5Failure,
  type Hdf5Reader,
  openHdf5,
} from '../hdf5/hdf5-file.js';
import type { Hdf5Dataset, Hdf5Node } from '../hdf5/messages.js';
import { groupOf, planHdf5, weightGroup } from './hdf5-plan.js';

const what = formText.hdf5;

export interface OpenHdf5Weights extends ReadWeights {
  readonly close: () => void;
}

/**
 * Indexes the weights of a `.caffemodel.h5`: `data/<layer>/<number>`. Values are read when
 * they are asked for; UnreadableWeights where they then cannot be had.
 */
export function readHdf5Weights(path: string): OpenHdf5Weights {
  let reader: Hdf5Reader;
  try {
    reader = openHdf5(path);
  } catch (thrown) {
    return { ...refusedBy(path, thrown), close: () => undefined };
  }
  try {
    return { ...readLayers(path, reader), close: reader.close };
  } catch (thrown) {
    return { ...refusedBy(path, thrown), close: reader.close };
  }
}

const refused = (...diagnostics: Diagnostic[]): ReadWeights => ({
  file: undefined,
  diagnostics,
});

function refusedBy(file: string, thrown: unknown): ReadWeights {
  if (!(thrown instanceof Hdf5Failure)) throw thrown;
  const problem = thrown.message;
  return refused(diagnostic('weights/damaged', { file, what, problem }));
}

function readLayers(file: string, reader: Hdf5Reader): ReadWeights {
  const unreadable = (problem: string): ReadWeights =>
    refused(diagnostic('weights/unreadable', { file, what, problem }));
  const problem = kindProblem(reader.nodes);
  if (problem !== undefined) return unreadable(problem);

  const metadata = metadataIn(reader);
  const nameOf = new Map(
    metadata?.layers.map(({ name }) => [groupOf(name), name]),
  );
  const arrays: FoundArray[] = [];
  const unnamed: string[] = [];
  const groups: string[] = [];
  const parents = new Set<string>();
  for (const node of reader.nodes) {
    if (!node.path.startsWith(`${weightGroup}/`)) continue;
    const [parent, name] = splitPath(node.path);
    if (node.kind === 'group') {
      parents.add(parent);
      groups.push(node.path);
      continue;
    }
    if (parent === weightGroup || !/^\d{1,6}$/.test(name)) {
      unnamed.push(node.path);
      continue;
    }
    if (node.element !== 'float')
      return unreadable(`'${node.path}' does not hold floats`);
    arrays.push({
      layer: nameOf.get(parent) ?? layerNameOf(parent),
      number: Number(name),
      blob: datasetBlob(file, reader, node),
    });
  }
  const problems = unnamedArrays(file, what, arrays, unnamed);
  if (problems.some(isError)) return refused(...problems);
  // A group that only holds groups is a part of names with slashes.
  const others = groups
    .filter((group) => !parents.has(group))
    .map((group) => nameOf.get(group) ?? layerNameOf(group));
  const layers = assembleLayers(arrays, metadata, others);
  return {
    file: {
      path: file,
      name: metadata?.name ?? '',
      format: 'HDF5',
      // Caffe's own files do not say what they leave out.
      layers: metadata === undefined ? layers.map(mayLackBlobs) : layers,
    },
    diagnostics: problems,
  };
}

const mayLackBlobs = (
  layer: WeightFile['layers'][number],
): WeightFile['layers'][number] => ({
  ...layer,
  numbers: layer.numbers ?? layer.blobs.map((_, at) => at),
});

const splitPath = (path: string): readonly [parent: string, name: string] => {
  const at = path.lastIndexOf('/');
  return [path.slice(0, at), path.slice(at + 1)];
};

const layerNameOf = (group: string): string =>
  group.slice(weightGroup.length + 1);

/** Says what the file is, if it is no weight file. */
function kindProblem(nodes: readonly Hdf5Node[]): string | undefined {
  const names = new Map(nodes.map((node) => [node.path, node.kind]));
  const kind = names.get(weightGroup);
  if (kind === 'group') return undefined;
  if (names.has('history') && names.has('iter'))
    return 'it is a .solverstate.h5; the weights are in the .caffemodel.h5';
  return kind === 'dataset'
    ? 'its /data is a dataset, as in files for HDF5Data layers; in weights it is a group'
    : 'it has no group /data, in which Caffe puts a group for each layer';
}

function metadataIn(reader: Hdf5Reader): WeightMetadata | undefined {
  const found = reader.nodes.find(({ path }) => path === metadataName);
  if (found?.kind !== 'dataset' || found.width !== 1) return undefined;
  const bytes = reader.read(metadataName);
  return bytes instanceof Uint8Array
    ? readMetadata(new TextDecoder().decode(bytes))
    : undefined;
}

function datasetBlob(
  file: string,
  reader: Hdf5Reader,
  { path, shape, width }: Hdf5Dataset,
): WeightBlob {
  const count = countOf(shape);
  return {
    shape,
    storedAs: 'shape',
    count,
    format: width === 8 ? 'float64' : 'float32',
    read: () => {
      const values = readValues(file, reader, path);
      if (values.length === count) return values;
      throw unreadable(file, `'${path}' has ${values.length} values`);
    },
  };
}

const unreadable = (file: string, problem: string): UnreadableWeights =>
  new UnreadableWeights([
    diagnostic('weights/damaged', { file, what, problem }),
  ]);

function readValues(
  file: string,
  reader: Hdf5Reader,
  path: string,
): Float32Array<ArrayBuffer> {
  try {
    const numbers = reader.read(path);
    return numbers instanceof Float32Array &&
      numbers.buffer instanceof ArrayBuffer
      ? new Float32Array(numbers.buffer, numbers.byteOffset, numbers.length)
      : Float32Array.from(numbers as Float64Array);
  } catch (thrown) {
    if (!(thrown instanceof Hdf5Failure)) throw thrown;
    throw unreadable(file, thrown.message);
  }
}

const diffPath = (path: string): string =>
  `diff${path.slice(weightGroup.length)}`;

/**
 * Writes weights as Caffe writes a `.caffemodel.h5`, and beside them what HDF5 cannot say
 * (order, types, old shapes), in the dataset `/rancc.json` which Caffe does not look at.
 * `diffOf` gives the last update of a blob, which Caffe writes under `diff/`, that of shared
 * ones too (net.cpp, ToHDF5). Errors among the diagnostics: nothing is written.
 */
export function writeHdf5Weights(
  path: string,
  shownAs: string,
  file: WeightFile,
  diffOf?: (blob: WeightBlob) => Float32Array<ArrayBuffer> | undefined,
): readonly Diagnostic[] {
  const plan = planHdf5(shownAs, file);
  if (plan.diagnostics.some(isError)) return plan.diagnostics;
  const ownersByName = new Map(
    file.layers.map((layer) => [layer.name, plan.owners.get(layer)]),
  );
  const writer = createHdf5(path);
  for (const group of plan.groups) writer.makeGroup(group);
  for (const { path: place, shape, blob } of plan.datasets)
    writer.makeDataset(place, shape, blob.read());
  if (diffOf !== undefined) {
    for (const group of plan.groups) writer.makeGroup(diffPath(group));
    for (const { name, blobs } of file.layers)
      blobs.forEach((blob, number) => {
        const diff = diffOf(blob);
        const place = `${diffPath(groupOf(name))}/${number}`;
        if (diff !== undefined) writer.makeDataset(place, blob.shape, diff);
      });
  }
  const text = metadataText(file, (layer, number) =>
    ownersByName.get(layer)?.get(number),
  );
  const bytes = new TextEncoder().encode(text);
  writer.makeDataset(metadataName, [bytes.length], bytes);
  writer.close();
  return plan.diagnostics;
}
