import type { Window } from './window-file.js';

/** What of an image a window shows, and where in the square of the output it goes. */
export interface Region {
  readonly left: number;
  readonly top: number;
  /** Of the part that is cut out of the image. */
  readonly width: number;
  readonly height: number;
  /** Of that part in the output, and how far it lies from the left and the top there. */
  readonly outWidth: number;
  readonly outHeight: number;
  readonly padLeft: number;
  readonly padTop: number;
}

export interface Framing {
  /** Side of the output. */
  readonly crop: number;
  readonly contextPad: number;
  readonly isSquare: boolean;
  readonly mirrored: boolean;
}

/** As `round` of C: halves go away from zero. */
const round = (value: number): number =>
  Math.sign(value) * Math.floor(Math.abs(value) + 0.5);

const float = Math.fround;

/**
 * The part of an image for a window with its context (window_data_layer.cpp, in float32 as
 * there): the window grows so that, warped to `crop`, `contextPad` pixels lie around it, and
 * to a square where that is wanted. What hangs over the image's edge stays empty.
 * @returns undefined where nothing of the window lies in the image.
 */
export function regionOf(
  window: Window,
  { crop, contextPad, isSquare, mirrored }: Framing,
  image: { readonly height: number; readonly width: number },
): Region | undefined {
  if (contextPad === 0 && !isSquare) return plainRegion(window, crop, image);
  const scale = float(crop / float(crop - 2 * contextPad));
  const half = (from: number, to: number): number => float((to - from + 1) / 2);
  const [halfWidth, halfHeight] = [
    half(window.x1, window.x2),
    half(window.y1, window.y2),
  ];
  const square = Math.max(halfWidth, halfHeight);
  const across = axisOf(
    float(window.x1 + halfWidth),
    float((isSquare ? square : halfWidth) * scale),
    image.width,
    crop,
  );
  const down = axisOf(
    float(window.y1 + halfHeight),
    float((isSquare ? square : halfHeight) * scale),
    image.height,
    crop,
  );
  const padLeft = mirrored ? across.padEnd : across.padStart;
  const [outWidth, outHeight] = [
    Math.min(across.out, crop - padLeft),
    Math.min(down.out, crop - down.padStart),
  ];
  if (Math.min(across.size, down.size, outWidth, outHeight) < 1)
    return undefined;
  return {
    left: across.start,
    top: down.start,
    width: across.size,
    height: down.size,
    outWidth,
    outHeight,
    padLeft,
    padTop: down.padStart,
  };
}

/** The window as it is, which has to lie in the image. */
function plainRegion(
  { x1, y1, x2, y2 }: Window,
  crop: number,
  { height, width }: { readonly height: number; readonly width: number },
): Region | undefined {
  if (x1 < 0 || y1 < 0 || x2 >= width || y2 >= height) return undefined;
  return {
    left: x1,
    top: y1,
    width: x2 - x1 + 1,
    height: y2 - y1 + 1,
    outWidth: crop,
    outHeight: crop,
    padLeft: 0,
    padTop: 0,
  };
}

/** One axis of the grown window: what of it lies in the image, and the pads in the output. */
function axisOf(centre: number, half: number, length: number, crop: number) {
  const from = round(float(centre - half));
  const to = round(float(centre + half));
  const before = Math.max(0, -from);
  const behind = Math.max(0, to - length + 1);
  const size = to - behind - (from + before) + 1;
  const scale = float(crop / float(to - from + 1));
  return {
    start: from + before,
    size,
    out: round(float(size * scale)),
    padStart: round(float(before * scale)),
    padEnd: round(float(behind * scale)),
  };
}
