/**
 * An image as a source holds it. `planar`: C x H x W, as in a Datum; `interleaved`:
 * H x W x C, as decoders give it. Channels are in OpenCV's order, B G R.
 */
export interface RawImage {
  readonly layout: 'planar' | 'interleaved';
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Floats only from a Datum with `float_data`. */
  readonly pixels: Uint8Array | Float32Array;
}
