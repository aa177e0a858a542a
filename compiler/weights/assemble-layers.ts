import { type BlobName } from './array-names.js';
import { countOf, type WeightBlob, type WeightLayer } from './weight-file.js';
import type {
  BlobMetadata,
  LayerMetadata,
  WeightMetadata,
} from './weight-metadata.js';

/** An array of a file, and which blob it is. */
export interface FoundArray extends BlobName {
  readonly blob: WeightBlob;
}

type Found = ReadonlyMap<string, ReadonlyMap<number, WeightBlob>>;

/**
 * The layers that the arrays of a file make up: in the order of the metadata, or without
 * them in the order in which they come. Layers of the metadata without blobs are kept.
 * `others` are layers without any blob of which the file tells in another way.
 */
export function assembleLayers(
  arrays: readonly FoundArray[],
  metadata: WeightMetadata | undefined,
  others: readonly string[] = [],
): readonly WeightLayer[] {
  const found = new Map<string, Map<number, WeightBlob>>(
    others.map((name) => [name, new Map()]),
  );
  for (const { layer, number, blob } of arrays) {
    const blobs = found.get(layer);
    if (blobs === undefined) found.set(layer, new Map([[number, blob]]));
    else blobs.set(number, blob);
  }
  const known = new Map(
    metadata?.layers.map((layer) => [layer.name, layer]) ?? [],
  );
  const names = [...known.keys(), ...found.keys()];
  return Array.from(new Set(names), (name) =>
    makeLayer(name, found, known.get(name)),
  );
}

function makeLayer(
  name: string,
  found: Found,
  metadata: LayerMetadata | undefined,
): WeightLayer {
  const blobs = new Map(found.get(name));
  for (const { number, from } of metadata?.blobs ?? []) {
    const owned = from && found.get(from.layer)?.get(from.number);
    if (owned !== undefined && !blobs.has(number)) blobs.set(number, owned);
  }
  const numbers = [...blobs.keys()].sort((a, b) => a - b);
  const about = new Map(metadata?.blobs.map((blob) => [blob.number, blob]));
  const isWhole = numbers.every((number, at) => number === at);
  return {
    name,
    type: metadata?.type ?? '',
    blobs: numbers.flatMap((number) => {
      const blob = blobs.get(number);
      return blob === undefined ? [] : [completed(blob, about.get(number))];
    }),
    ...(isWhole && metadata?.sparse !== true ? {} : { numbers }),
  };
}

/** The array with what the metadata say of it, where that is of as many values. */
function completed(
  blob: WeightBlob,
  about: BlobMetadata | undefined,
): WeightBlob {
  if (about === undefined) return blob;
  const { nchw, sharedAs = blob.sharedAs } = about;
  const isOld = nchw !== undefined && countOf(nchw) === blob.count;
  return {
    ...blob,
    sharedAs,
    ...(isOld ? { shape: nchw, storedAs: 'nchw' as const } : {}),
  };
}
