import type { RawImage } from '../raw-image.js';
import type { Placement } from './placement.js';

/**
 * Writes the pixels that are taken as float32, C x H x W; through `tables`, by channel, where
 * they are given: what each of the 256 values becomes.
 */
export function writePixels(
  image: RawImage,
  placement: Placement,
  into: Float32Array,
  tables: readonly Float32Array[] | undefined,
): void {
  const { pixels, layout, channels } = image;
  const { top, left, height, width, outTop, outLeft } = placement;
  const { outHeight, outWidth, mirrored } = placement;
  const isPlanar = layout === 'planar';
  if (isPlanar && !mirrored && isWhole(image, placement)) {
    writePlanes(image, into, tables);
    return;
  }
  const step = isPlanar ? 1 : channels;
  const toStep = mirrored ? -1 : 1;
  for (let c = 0; c < channels; c++) {
    const table = tables?.[c];
    const first = isPlanar ? c * image.height * image.width : c;
    for (let y = 0; y < height; y++) {
      const from = first + ((top + y) * image.width + left) * step;
      const row = (c * outHeight + outTop + y) * outWidth + outLeft;
      const to = mirrored ? row + width - 1 : row;
      if (table === undefined) {
        writeRow(pixels, from, step, into, to, toStep, width);
      } else {
        writeRowBy(table, pixels, from, step, into, to, toStep, width);
      }
    }
  }
}

/** Nothing is cut off or padded. */
const isWhole = (
  image: RawImage,
  { height, width, outHeight, outWidth }: Placement,
): boolean =>
  height === image.height &&
  width === image.width &&
  outHeight === height &&
  outWidth === width;

/** The output is in the order of the pixels. */
function writePlanes(
  { pixels, channels, height, width }: RawImage,
  into: Float32Array,
  tables: readonly Float32Array[] | undefined,
): void {
  const count = height * width;
  if (tables === undefined) {
    into.set(pixels);
    return;
  }
  for (let c = 0; c < channels; c++) {
    const table = tables[c];
    if (table === undefined) return;
    const [start, end] = [c * count, (c + 1) * count];
    for (let at = start; at < end; at++) {
      into[at] = table[pixels[at] ?? 0] ?? 0;
    }
  }
}

function writeRow(
  pixels: Uint8Array | Float32Array,
  from: number,
  step: number,
  into: Float32Array,
  to: number,
  toStep: number,
  count: number,
): void {
  for (let x = 0; x < count; x++, from += step, to += toStep) {
    into[to] = pixels[from] ?? 0;
  }
}

function writeRowBy(
  table: Float32Array,
  pixels: Uint8Array | Float32Array,
  from: number,
  step: number,
  into: Float32Array,
  to: number,
  toStep: number,
  count: number,
): void {
  for (let x = 0; x < count; x++, from += step, to += toStep) {
    into[to] = table[pixels[from] ?? 0] ?? 0;
  }
}
