import type { RawImage } from '../raw-image.js';
import type { Placement } from './placement.js';

interface Size {
  readonly height: number;
  readonly width: number;
}

type Corner = readonly [top: number, left: number];

/** The crop in the middle of an image, rounded to the upper left, as in Caffe's TEST phase. */
export const centreCrop = (image: RawImage, size: Size): Placement =>
  cropAt(centre(image, size), size, false);

/**
 * Ten crops: of the four corners and the middle, and the same mirrored, in the order of
 * pycaffe's `oversample` (io.py).
 */
export function tenCrops(image: RawImage, size: Size): readonly Placement[] {
  const bottom = image.height - size.height;
  const right = image.width - size.width;
  const corners: readonly Corner[] = [
    [0, 0],
    [0, right],
    [bottom, 0],
    [bottom, right],
    centre(image, size),
  ];
  return [false, true].flatMap((mirrored) =>
    corners.map((corner) => cropAt(corner, size, mirrored)),
  );
}

const centre = (image: RawImage, { height, width }: Size): Corner => [
  Math.floor((image.height - height) / 2),
  Math.floor((image.width - width) / 2),
];

const cropAt = (
  [top, left]: Corner,
  { height, width }: Size,
  mirrored: boolean,
): Placement => ({
  top,
  left,
  height,
  width,
  outTop: 0,
  outLeft: 0,
  outHeight: height,
  outWidth: width,
  mirrored,
});
