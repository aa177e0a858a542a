import { resizeImage } from '../images/resize-image.js';
import type { RawImage } from '../raw-image.js';
import { areaCropped } from './area-crop.js';
import { changeColours } from './change-colours.js';
import type { Draws } from './draws.js';
import { normalize, normalTables } from './normalize.js';
import type { Placement } from './placement.js';
import { scaledSize, type TransformSettings } from './settings.js';
import { writePixels } from './write-pixels.js';

/**
 * Transforms an image into `into`, C x H x W numbers as `outputSize` says: crop, mirror, mean,
 * scale, in Caffe's order of float32 operations (data_transformer.cpp), and augmentation
 * (docs/augmentation.md). The image has to fit (`misfitOf`). In TEST crops are of the centre.
 */
export function transformImage(
  settings: TransformSettings,
  image: RawImage,
  into: Float32Array,
  draws: Draws,
): void {
  const { area, crop } = settings;
  const sized =
    area === undefined
      ? resized(image, settings.shortSide)
      : areaCropped(image, area, crop, draws);
  const placement = placementOf(settings, sized, draws);
  transformAt(settings, sized, placement, into, draws);
}

/** Transforms the pixels that `placement` takes: nothing is resized or cropped otherwise. */
export function transformAt(
  settings: TransformSettings,
  image: RawImage,
  placement: Placement,
  into: Float32Array,
  draws: Draws,
): void {
  const tables = normalTables(settings, image);
  if (!covers(placement)) into.fill(0);
  writePixels(image, placement, into, tables);
  if (tables !== undefined) return;
  if (settings.colour !== undefined) {
    changeColours(settings.colour, image.channels, placement, into, draws);
  }
  normalize(settings, image, placement, into);
}

function resized(image: RawImage, shortSide: number): RawImage {
  const { height, width } = scaledSize(image, shortSide);
  return resizeImage(image, height, width);
}

const covers = ({ height, width, outHeight, outWidth }: Placement): boolean =>
  height === outHeight && width === outWidth;

/** Which pixels are taken, and where they go. */
function placementOf(
  { phase, crop, mirror, pad }: TransformSettings,
  { height, width }: RawImage,
  draws: Draws,
): Placement {
  const mirrored = mirror && draws.below(2, 'mirror') === 1;
  if (crop === 0) {
    return {
      top: 0,
      left: 0,
      height,
      width,
      outTop: 0,
      outLeft: 0,
      outHeight: height,
      outWidth: width,
      mirrored,
    };
  }
  const isTraining = phase === 'TRAIN';
  const start = (size: number, purpose: 'crop top' | 'crop left') => {
    const room = size + 2 * pad - crop;
    const offset = isTraining
      ? draws.below(room + 1, purpose)
      : Math.floor(room / 2);
    return offset - pad;
  };
  const rows = overlap(start(height, 'crop top'), crop, height);
  const columns = overlap(start(width, 'crop left'), crop, width);
  return {
    top: rows.from,
    left: columns.from,
    height: rows.count,
    width: columns.count,
    outTop: rows.at,
    outLeft: mirrored ? crop - columns.at - columns.count : columns.at,
    outHeight: crop,
    outWidth: crop,
    mirrored,
  };
}

/** What of the places `start` to `start` + `crop` - 1 lies in an axis of `size`. */
function overlap(start: number, crop: number, size: number) {
  const from = Math.max(start, 0);
  const end = Math.max(Math.min(start + crop, size), from);
  return { from, count: end - from, at: from - start };
}
