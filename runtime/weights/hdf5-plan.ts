import { type Diagnostic, diagnostic } from '../../compiler/diagnostics.js';
import type { BlobName } from '../../compiler/weights/array-names.js';
import { todaysShape } from '../../compiler/weights/todays-shape.js';
import {
  numberedBlobs,
  type WeightBlob,
  type WeightFile,
  type WeightLayer,
} from '../../compiler/weights/weight-file.js';

/** Caffe's group of all weights. */
export const weightGroup = 'data';

/** What is to be made in an HDF5 file, in this order. */
export interface Hdf5Plan {
  /** Parents before their children. */
  readonly groups: readonly string[];
  readonly datasets: readonly PlannedDataset[];
  /** Shared blobs that stand under the layer that owns them. */
  readonly owners: ReadonlyMap<WeightLayer, ReadonlyMap<number, BlobName>>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface PlannedDataset {
  readonly path: string;
  readonly shape: readonly number[];
  readonly blob: WeightBlob;
}

/**
 * The group of a layer: slashes in its name make groups within groups, and those that HDF5
 * passes over are left out (the layer's own name stands in the metadata).
 */
export const groupOf = (layer: string): string =>
  [weightGroup, ...layer.split('/').filter((part) => part !== '')].join('/');

/**
 * Lays out weights as Caffe does: a group for each layer, a dataset for each blob, a shared
 * blob only under its first layer, shapes as today.
 */
export function planHdf5(path: string, file: WeightFile): Hdf5Plan {
  const diagnostics: Diagnostic[] = [];
  const groups = new Set([weightGroup]);
  const layerAt = new Map<string, string>();
  const datasets = new Map<string, PlannedDataset>();
  const owners = new Map<WeightLayer, Map<number, BlobName>>();
  const shared = new Map<string, { name: BlobName; blob: WeightBlob }>();
  const old: string[] = [];

  for (const layer of file.layers) {
    const group = groupOf(layer.name);
    const problem = nameProblem(layer.name, layerAt.get(group));
    if (problem !== undefined)
      diagnostics.push(
        diagnostic('weights/hdf5-name', { layer: layer.name, problem }),
      );
    layerAt.set(group, layer.name);
    for (const parent of pathsTo(group)) groups.add(parent);
    const owned = new Map<number, BlobName>();
    for (const [number, blob] of numberedBlobs(layer)) {
      const { sharedAs } = blob;
      const owner = sharedAs === undefined ? undefined : shared.get(sharedAs);
      if (owner !== undefined && isSame(owner.blob, blob)) {
        owned.set(number, owner.name);
        continue;
      }
      if (sharedAs !== undefined && owner === undefined)
        shared.set(sharedAs, { name: { layer: layer.name, number }, blob });
      const shape = shapeOf(layer, number, blob);
      if (shape === undefined) old.push(layer.name);
      const place = `${group}/${number}`;
      datasets.set(place, { path: place, shape: shape ?? blob.shape, blob });
    }
    owners.set(layer, owned);
  }
  for (const place of datasets.keys())
    if (groups.has(place))
      diagnostics.push(
        diagnostic('weights/hdf5-name', {
          layer: layerAt.get(place) ?? place,
          problem: `'${place}' is a blob of another layer`,
        }),
      );
  diagnostics.push(...warnings(path, file, old));
  return {
    groups: [...groups],
    datasets: [...datasets.values()],
    owners,
    diagnostics,
  };
}

function nameProblem(
  name: string,
  other: string | undefined,
): string | undefined {
  const parts = name.split('/').filter((part) => part !== '');
  if (parts.length === 0) return 'it has no name';
  if (parts.includes('.')) return "'.' is no name of a group";
  return other === undefined
    ? undefined
    : `its group is that of layer '${other}', too`;
}

const pathsTo = (group: string): readonly string[] => {
  const parts = group.split('/');
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
};

/** Undefined where the type of the layer does not tell it. */
const shapeOf = (
  { type }: WeightLayer,
  number: number,
  { storedAs, shape }: WeightBlob,
): readonly number[] | undefined =>
  storedAs === 'shape' ? shape : todaysShape(type, number, shape);

/** Files repeat a shared blob; one that differs all the same is written in full. */
function isSame(one: WeightBlob, two: WeightBlob): boolean {
  if (one.shape.join() !== two.shape.join()) return false;
  const first = new Uint32Array(one.read().buffer);
  const second = new Uint32Array(two.read().buffer);
  return first.every((bits, at) => bits === second[at]);
}

function warnings(
  path: string,
  { layers }: WeightFile,
  old: readonly string[],
): readonly Diagnostic[] {
  const slashed = layers.filter(({ name }) => name.includes('/'));
  const [first] = slashed;
  const [oldLayer] = old;
  return [
    ...(first === undefined
      ? []
      : [
          diagnostic('weights/hdf5-slash', {
            file: path,
            layer: first.name,
            count: slashed.length,
          }),
        ]),
    ...(oldLayer === undefined
      ? []
      : [
          diagnostic('weights/old-shapes', {
            file: path,
            layer: oldLayer,
            count: old.length,
          }),
        ]),
  ];
}
