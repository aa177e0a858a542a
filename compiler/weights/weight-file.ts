import type { NumberFormat } from './number-format.js';

/** One blob of a weight file. Its data stay in the file until they are asked for. */
export interface WeightBlob {
  readonly shape: readonly number[];
  /** `nchw`: the file has the four old numbers num, channels, height and width. */
  readonly storedAs: 'shape' | 'nchw';
  /** The number of values, the product of the shape. */
  readonly count: number;
  /** How the file holds the values; float32 where nothing is said. */
  readonly format?: NumberFormat | undefined;
  /** The name by which layers share it (`param { name }`), if it has one. */
  readonly sharedAs?: string | undefined;
  /** The values in row-major order, in a buffer of their own that the caller may keep. */
  read(): Float32Array<ArrayBuffer>;
}

export interface WeightLayer {
  readonly name: string;
  /** As today's prototxts write it, whatever the age of the file; empty where it does not say. */
  readonly type: string;
  readonly blobs: readonly WeightBlob[];
  /**
   * The number of each of `blobs` in its layer where the file may leave some out: Caffe's
   * HDF5 has a shared blob only under the layer that owns it. Undefined: 0, 1, 2 and so on.
   */
  readonly numbers?: readonly number[] | undefined;
}

/** What a weight file of any format comes to: layers by name, with their blobs in order. */
export interface WeightFile {
  /** What diagnostics call the file: a path. */
  readonly path: string;
  /** What the file calls the net; empty where it does not say. */
  readonly name: string;
  /** For people: `caffemodel, V1`. */
  readonly format: string;
  readonly layers: readonly WeightLayer[];
}

/** The number of values of a blob of this shape; a scalar has one. */
export const countOf = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

/** The blobs of a layer with their numbers. */
export const numberedBlobs = <Blob>({
  blobs,
  numbers,
}: {
  readonly blobs: readonly Blob[];
  readonly numbers?: readonly number[] | undefined;
}): readonly (readonly [number: number, blob: Blob])[] =>
  blobs.map((blob, at) => [numbers?.[at] ?? at, blob]);
