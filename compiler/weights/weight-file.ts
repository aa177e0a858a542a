/** One blob of a weight file. Its data stay in the file until they are asked for. */
export interface WeightBlob {
  readonly shape: readonly number[];
  /** `nchw`: the file has the four old numbers num, channels, height and width. */
  readonly storedAs: 'shape' | 'nchw';
  /** The number of values, the product of the shape. */
  readonly count: number;
  /** The values in row-major order, in a buffer of their own that the caller may keep. */
  read(): Float32Array<ArrayBuffer>;
}

export interface WeightLayer {
  readonly name: string;
  /** As today's prototxts write it, whatever the age of the file. */
  readonly type: string;
  readonly blobs: readonly WeightBlob[];
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
