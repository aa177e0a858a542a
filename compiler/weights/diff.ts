import {
  numberedBlobs,
  type WeightBlob,
  type WeightFile,
  type WeightLayer,
} from './weight-file.js';

/** How a blob differs between two files. */
export interface BlobDifference {
  readonly index: number;
  readonly shapes: readonly [readonly number[], readonly number[]];
  /** Of the values in order; undefined where their numbers differ. */
  readonly maxAbs: number | undefined;
  /** Relative to the largest value of the first file's blob. */
  readonly maxRel: number | undefined;
  /** How many values differ in any bit. */
  readonly differing: number | undefined;
}

export interface LayerDifference {
  readonly name: string;
  readonly types: readonly [string, string];
  /** Numbers of blobs. */
  readonly counts: readonly [number, number];
  /** Only those that differ, in shape or values. */
  readonly blobs: readonly BlobDifference[];
}

export interface WeightDifference {
  readonly equal: boolean;
  /** Layers with blobs that the other file has not. */
  readonly onlyIn: readonly [readonly string[], readonly string[]];
  /** Only those that differ. */
  readonly layers: readonly LayerDifference[];
}

/** Compares two weight files by the names of their layers, one pair of blobs at a time. */
export function diffWeights(
  one: WeightFile,
  two: WeightFile,
): WeightDifference {
  const withBlobs = (file: WeightFile): Map<string, WeightLayer> =>
    new Map(
      file.layers
        .filter(({ blobs }) => blobs.length > 0)
        .map((layer) => [layer.name, layer]),
    );
  const first = withBlobs(one);
  const second = withBlobs(two);
  const lacking = (
    layers: Map<string, WeightLayer>,
    other: Map<string, WeightLayer>,
  ): string[] => [...layers.keys()].filter((name) => !other.has(name));
  const onlyIn = [lacking(first, second), lacking(second, first)] as const;
  const layers = [...first.values()].flatMap((layer) => {
    const other = second.get(layer.name);
    return other === undefined ? [] : diffLayer(layer, other);
  });
  return {
    equal: onlyIn.every((names) => names.length === 0) && layers.length === 0,
    onlyIn,
    layers,
  };
}

/** Nothing where only the types differ: Caffe does not look at them. */
function diffLayer(
  one: WeightLayer,
  two: WeightLayer,
): readonly LayerDifference[] {
  const others = new Map(numberedBlobs(two));
  const blobs = numberedBlobs(one).flatMap(([index, blob]) => {
    const other = others.get(index);
    return other === undefined ? [] : diffBlob(index, blob, other);
  });
  const counts = [one.blobs.length, two.blobs.length] as const;
  if (blobs.length === 0 && counts[0] === counts[1]) return [];
  return [{ name: one.name, types: [one.type, two.type], counts, blobs }];
}

function diffBlob(
  index: number,
  one: WeightBlob,
  two: WeightBlob,
): readonly BlobDifference[] {
  const shapes = [one.shape, two.shape] as const;
  if (one.count !== two.count) {
    const none = undefined;
    return [{ index, shapes, maxAbs: none, maxRel: none, differing: none }];
  }
  const found = diffValues(one.read(), two.read());
  const sameShape = one.shape.join() === two.shape.join();
  return sameShape && found.differing === 0
    ? []
    : [{ index, shapes, ...found }];
}

function diffValues(
  one: Float32Array<ArrayBuffer>,
  two: Float32Array<ArrayBuffer>,
): { maxAbs: number; maxRel: number; differing: number } {
  const oneBits = new Uint32Array(one.buffer);
  const twoBits = new Uint32Array(two.buffer);
  let maxAbs = 0;
  let largest = 0;
  let differing = 0;
  for (let at = 0; at < one.length; at++) {
    const value = one[at] ?? 0;
    // Math.max keeps a NaN, and equal bits are no difference, NaN or not.
    largest = Math.max(largest, Math.abs(value));
    if (oneBits[at] === twoBits[at]) continue;
    differing++;
    maxAbs = Math.max(maxAbs, Math.abs(value - (two[at] ?? 0)));
  }
  return { maxAbs, maxRel: maxAbs === 0 ? 0 : maxAbs / largest, differing };
}
