import { resizeImage } from '../images/resize-image.js';
import type { RawImage } from '../raw-image.js';
import type { Draws } from './draws.js';
import type { AreaCrop } from './settings.js';

interface Rectangle {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** How often a crop is drawn that may not lie in the image. */
const attempts = 10;

/**
 * A part of the image of a random area and shape, resized to `side` x `side` (the crops of
 * GoogLeNet, Szegedy et al. 2014, section 6). Shapes are drawn evenly by their logarithm, so
 * that wide and tall ones are as frequent. Where ten drawn ones do not fit, the largest square
 * in the middle is taken.
 */
export function areaCropped(
  image: RawImage,
  area: AreaCrop,
  side: number,
  draws: Draws,
): RawImage {
  const { height, width } = image;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const found = drawn(image, area, draws, attempt);
    if (found !== undefined) {
      return resizeImage(part(image, found), side, side);
    }
  }
  const shorter = Math.min(height, width);
  const middle = {
    top: (height - shorter) >> 1,
    left: (width - shorter) >> 1,
    height: shorter,
    width: shorter,
  };
  return resizeImage(part(image, middle), side, side);
}

function drawn(
  image: RawImage,
  { minArea, maxArea, minAspect, maxAspect }: AreaCrop,
  draws: Draws,
  attempt: number,
): Rectangle | undefined {
  const pixels =
    image.height *
    image.width *
    draws.between(minArea, maxArea, 'area', attempt);
  const aspect = Math.exp(
    draws.between(Math.log(minAspect), Math.log(maxAspect), 'aspect', attempt),
  );
  const width = Math.max(1, Math.round(Math.sqrt(pixels * aspect)));
  const height = Math.max(1, Math.round(Math.sqrt(pixels / aspect)));
  if (width > image.width || height > image.height) return undefined;
  return {
    top: draws.below(image.height - height + 1, 'area top', attempt),
    left: draws.below(image.width - width + 1, 'area left', attempt),
    height,
    width,
  };
}

/** A copy of a rectangle of an image, in the same layout. */
function part(
  image: RawImage,
  { top, left, height, width }: Rectangle,
): RawImage {
  const { layout, channels, pixels } = image;
  const planes = layout === 'planar' ? channels : 1;
  const inPixel = layout === 'planar' ? 1 : channels;
  const copy = pixels.slice(0, channels * height * width);
  let to = 0;
  for (let c = 0; c < planes; c++) {
    for (let y = 0; y < height; y++) {
      const row = (c * image.height + top + y) * image.width + left;
      const from = row * inPixel;
      copy.set(pixels.subarray(from, from + width * inPixel), to);
      to += width * inPixel;
    }
  }
  return { layout, channels, height, width, pixels: copy };
}
