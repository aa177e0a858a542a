import type { RawImage } from '../raw-image.js';
import type { Placement } from './placement.js';
import type { TransformSettings } from './settings.js';

/** `(pixel - mean) * scale / std` in float32, each step rounded as Caffe's are. */
const normal = (
  pixel: number,
  mean: number,
  scale: number,
  std: number,
): number => Math.fround(Math.fround(Math.fround(pixel - mean) * scale) / std);

/** The one that is for all channels, or the one of channel `c`. */
const ofChannel = (
  values: readonly number[],
  c: number,
  otherwise: number,
): number => (values.length === 1 ? values[0] : values[c]) ?? otherwise;

const meanOf = ({ mean }: TransformSettings, c: number): number =>
  mean.kind === 'values' ? ofChannel(mean.values, c, 0) : 0;

const tablesOf = new WeakMap<TransformSettings, readonly Float32Array[]>();

/**
 * What each of the 256 values of a pixel becomes, by channel; undefined where that depends on
 * more than the channel. Kept, because all images of a layer have the same.
 */
export function normalTables(
  settings: TransformSettings,
  { pixels, channels }: RawImage,
): readonly Float32Array[] | undefined {
  if (
    !(pixels instanceof Uint8Array) ||
    settings.mean.kind === 'image' ||
    settings.colour !== undefined
  ) {
    return undefined;
  }
  const known = tablesOf.get(settings);
  if (known?.length === channels) return known;
  const tables = Array.from({ length: channels }, (_, c) => {
    const std = ofChannel(settings.std, c, 1);
    const mean = meanOf(settings, c);
    return Float32Array.from({ length: 256 }, (_, pixel) =>
      normal(pixel, mean, settings.scale, std),
    );
  });
  tablesOf.set(settings, tables);
  return tables;
}

/** Subtracts the mean from the pixels in `into`, and scales them. */
export function normalize(
  settings: TransformSettings,
  image: RawImage,
  placement: Placement,
  into: Float32Array,
): void {
  const { mean, scale } = settings;
  const { top, left, height, width, outTop, outLeft } = placement;
  const { outHeight, outWidth, mirrored } = placement;
  for (let c = 0; c < image.channels; c++) {
    const std = ofChannel(settings.std, c, 1);
    for (let y = 0; y < height; y++) {
      const at = (c * outHeight + outTop + y) * outWidth + outLeft;
      if (mean.kind === 'image') {
        const row = (c * image.height + top + y) * image.width + left;
        const from = mirrored ? row + width - 1 : row;
        const step = mirrored ? -1 : 1;
        subtractRow(into, at, width, mean.image.data, from, step);
        normalizeRow(into, at, width, 0, scale, std);
      } else {
        normalizeRow(into, at, width, meanOf(settings, c), scale, std);
      }
    }
  }
}

function subtractRow(
  into: Float32Array,
  at: number,
  count: number,
  mean: Float32Array,
  from: number,
  step: number,
): void {
  for (let x = 0; x < count; x++, from += step) {
    into[at + x] = (into[at + x] ?? 0) - (mean[from] ?? 0);
  }
}

function normalizeRow(
  into: Float32Array,
  at: number,
  count: number,
  mean: number,
  scale: number,
  std: number,
): void {
  if (mean === 0 && scale === 1 && std === 1) return;
  for (let x = at; x < at + count; x++) {
    into[x] = normal(into[x] ?? 0, mean, scale, std);
  }
}
