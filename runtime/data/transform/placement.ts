/** The pixels of an image that are taken, and their place in the output. */
export interface Placement {
  /** The first row and column that are taken. */
  readonly top: number;
  readonly left: number;
  /** How many are taken. */
  readonly height: number;
  readonly width: number;
  /** Where the output has them; less than all of it where the image is padded. */
  readonly outTop: number;
  readonly outLeft: number;
  readonly outHeight: number;
  readonly outWidth: number;
  /** Rows are written from right to left. */
  readonly mirrored: boolean;
}
