/** A value that goes into or comes out of a session. Bytes of a string are its UTF-8. */
export interface Tensor {
  readonly dtype: 'float32' | 'int32' | 'string';
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | readonly string[];
}

/** A tensor for an output of an op of the graph. */
export interface Feed {
  /** The op's name and the output's number: `x:0`. */
  readonly name: string;
  readonly tensor: Tensor;
  /**
   * The buffer may be moved into the session's thread instead of copied: the caller's
   * array is empty afterwards. Without effect on shared buffers, which are never copied.
   */
  readonly transfer?: boolean;
}

export const elementCount = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);
