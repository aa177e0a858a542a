import type { DecodeMode } from '../images/decode-image.js';
import type { LabelNoise } from './label-noise.js';
import type { MeanImage } from './mean-file.js';

/**
 * What happens to the images of a layer, as plain data: it can be sent to another thread. Made
 * by `transformSettings` from a `transform_param`.
 */
export interface TransformSettings {
  readonly phase: 'TRAIN' | 'TEST';
  /** What encoded images are decoded to. */
  readonly decode: DecodeMode;
  /** Side of the square that is cut out; 0: all. */
  readonly crop: number;
  readonly mirror: boolean;
  readonly mean: Mean;
  /** Factor after the mean. */
  readonly scale: number;
  /** Divides after the scale: one for all channels or one for each; empty: nothing does. */
  readonly std: readonly number[];
  /** The shorter side before the crop; 0: as it is. */
  readonly shortSide: number;
  /** Zeros on each side before the crop; 0 in TEST. */
  readonly pad: number;
  /** Only in TRAIN. */
  readonly area: AreaCrop | undefined;
  /** Only in TRAIN. */
  readonly colour: ColourChange | undefined;
  /** Only in TRAIN. */
  readonly labelNoise: LabelNoise | undefined;
}

export type Mean =
  | { readonly kind: 'none' }
  /** One for all channels or one for each. */
  | { readonly kind: 'values'; readonly values: readonly number[] }
  | { readonly kind: 'image'; readonly image: MeanImage };

/** A crop of a random share of the image's area and a random shape, resized to `crop`. */
export interface AreaCrop {
  readonly minArea: number;
  readonly maxArea: number;
  /** Width by height. */
  readonly minAspect: number;
  readonly maxAspect: number;
}

/** How far colours are changed at random; 0: not at all. */
export interface ColourChange {
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  readonly lighting: number;
}

export interface ImageSize {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** Sizes of an image of which the shorter side is `shortSide` pixels, in proportion. */
export function scaledSize(size: ImageSize, shortSide: number): ImageSize {
  const { channels, height, width } = size;
  if (shortSide === 0) return size;
  const factor = shortSide / Math.min(height, width);
  return {
    channels,
    height: Math.round(height * factor),
    width: Math.round(width * factor),
  };
}

/** What `transformImage` makes of an image of that size: C, H, W. */
export function outputSize(
  { crop, shortSide }: TransformSettings,
  size: ImageSize,
): ImageSize {
  if (crop === 0) return scaledSize(size, shortSide);
  return { channels: size.channels, height: crop, width: crop };
}
