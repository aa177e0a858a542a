import { invariant } from '../../../compiler/diagnostics.js';

import type { RawImage } from '../raw-image.js';

/** Weights are whole numbers of this many parts. */
const one = 2048;

/** For each place of the output along an axis: the two pixels it lies between. */
interface Axis {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly lowerWeight: Int32Array;
  readonly upperWeight: Int32Array;
}

/**
 * Resizes an image of 8 bits to the bit as OpenCV's linear `resize` does (imgwarp.cpp):
 * centres of pixels are matched, nothing is smoothed, and sums are cut off in fixed point.
 * The layout stays.
 */
export function resizeImage(
  image: RawImage,
  height: number,
  width: number,
): RawImage {
  const { pixels, layout, channels } = image;
  if (height === image.height && width === image.width) return image;
  invariant(pixels instanceof Uint8Array, 'only images of 8 bits are resized');
  const rows = verticalAxis(image.height, height);
  const columns = horizontalAxis(image.width, width);
  const resized = new Uint8Array(channels * height * width);
  const planes = layout === 'planar' ? channels : 1;
  const inPixel = layout === 'planar' ? 1 : channels;
  const [from, to] = [pixels.length / planes, resized.length / planes];
  for (let c = 0; c < planes; c++) {
    const plane = {
      pixels: pixels.subarray(c * from, (c + 1) * from),
      width: image.width,
      channels: inPixel,
    };
    resizePlane(plane, resized.subarray(c * to, (c + 1) * to), rows, columns);
  }
  return { layout, channels, height, width, pixels: resized };
}

/** Where place `i` of the output lies: a pixel, and the float32 part behind it. */
function position(i: number, scale: number): readonly [number, number] {
  const place = Math.fround((i + 0.5) * scale - 0.5);
  const pixel = Math.floor(place);
  return [pixel, Math.fround(place - pixel)];
}

function makeAxis(
  from: number,
  to: number,
  clipped: (pixel: number, part: number) => readonly [number, number],
): Axis {
  const axis: Axis = {
    lower: new Int32Array(to),
    upper: new Int32Array(to),
    lowerWeight: new Int32Array(to),
    upperWeight: new Int32Array(to),
  };
  const last = from - 1;
  for (let i = 0; i < to; i++) {
    const [pixel, part] = clipped(...position(i, from / to));
    axis.lower[i] = Math.min(Math.max(pixel, 0), last);
    axis.upper[i] = Math.min(Math.max(pixel + 1, 0), last);
    axis.lowerWeight[i] = roundToEven(Math.fround(1 - part) * one);
    axis.upperWeight[i] = roundToEven(part * one);
  }
  return axis;
}

/** Rows outside the image are those at its border. */
const verticalAxis = (from: number, to: number): Axis =>
  makeAxis(from, to, (pixel, part) => [pixel, part]);

/** Outside the image, the pixel at its border alone counts. */
const horizontalAxis = (from: number, to: number): Axis =>
  makeAxis(from, to, (pixel, part) =>
    pixel < 0 ? [0, 0] : pixel >= from - 1 ? [from - 1, 0] : [pixel, part],
  );

function roundToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** The input of one plane: rows of `width` pixels, each of `channels` numbers. */
interface Plane {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly channels: number;
}

/** Resizes the plane row by row into `to`. */
function resizePlane(
  plane: Plane,
  to: Uint8Array,
  rows: Axis,
  columns: Axis,
): void {
  const length = columns.lower.length * plane.channels;
  // Rows of the input, resized along the row; mostly the next output needs them again.
  let lower = { row: -1, sums: new Int32Array(length) };
  let upper = { row: -1, sums: new Int32Array(length) };
  for (let y = 0, at = 0; at < to.length; y++, at += length) {
    const [lowerRow, upperRow] = [rows.lower[y] ?? 0, rows.upper[y] ?? 0];
    if (lower.row !== lowerRow) {
      if (upper.row === lowerRow) [lower, upper] = [upper, lower];
      else resizeRow(plane, lowerRow, lower, columns);
    }
    if (upper.row !== upperRow) resizeRow(plane, upperRow, upper, columns);
    const [v0, v1] = [rows.lowerWeight[y] ?? 0, rows.upperWeight[y] ?? 0];
    const [above, below] = [lower.sums, upper.sums];
    for (let i = 0; i < length; i++) {
      const sum =
        ((((above[i] ?? 0) >> 4) * v0) >> 16) +
        ((((below[i] ?? 0) >> 4) * v1) >> 16);
      to[at + i] = (sum + 2) >> 2;
    }
  }
}

interface ResizedRow {
  row: number;
  readonly sums: Int32Array;
}

function resizeRow(
  { pixels, width, channels }: Plane,
  row: number,
  into: ResizedRow,
  { lower, upper, lowerWeight, upperWeight }: Axis,
): void {
  const { sums } = into;
  const start = row * width * channels;
  for (let x = 0, to = 0; x < lower.length; x++) {
    const left = start + (lower[x] ?? 0) * channels;
    const right = start + (upper[x] ?? 0) * channels;
    const w0 = lowerWeight[x] ?? 0;
    const w1 = upperWeight[x] ?? 0;
    for (let c = 0; c < channels; c++) {
      sums[to++] = (pixels[left + c] ?? 0) * w0 + (pixels[right + c] ?? 0) * w1;
    }
  }
  into.row = row;
}
