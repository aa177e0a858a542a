/** Numbers with a shape, in row-major order. */
export interface NdArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}
