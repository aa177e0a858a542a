import type { Samples } from './decoder.js';

/** Three channels, or the first three of four, turned around: R G B becomes B G R. */
export function bgrOf({
  pixels,
  height,
  width,
  channels,
}: Samples): Uint8Array {
  const count = height * width;
  const bgr = new Uint8Array(3 * count);
  const [green, blue] = channels < 3 ? [0, 0] : [1, 2];
  for (let i = 0, from = 0, to = 0; i < count; i++, from += channels, to += 3) {
    bgr[to] = pixels[from + blue] ?? 0;
    bgr[to + 1] = pixels[from + green] ?? 0;
    bgr[to + 2] = pixels[from] ?? 0;
  }
  return bgr;
}

/** The same with the fourth channel left in its place: B G R A. */
export function bgraOf({ pixels }: Samples): Uint8Array {
  const bgra = new Uint8Array(pixels);
  for (let i = 0; i < bgra.length; i += 4) {
    bgra[i] = pixels[i + 2] ?? 0;
    bgra[i + 2] = pixels[i] ?? 0;
  }
  return bgra;
}

/** Gray of one pixel; numbers from 0 to 255, or to 65535 for 16 bits. */
type GrayRule = (red: number, green: number, blue: number) => number;

/** libpng's (png_set_rgb_to_gray with OpenCV's weights): cut off, not rounded. */
export const libpngGray: GrayRule = (red, green, blue) =>
  (9797 * red + 19234 * green + 3737 * blue) >> 15;

/** libpng's for 16 bits: rounded there, and gray stays as it is. */
export const libpngGray16: GrayRule = (red, green, blue) =>
  red === green && red === blue
    ? red
    : Math.floor((9797 * red + 19234 * green + 3737 * blue + 16384) / 32768);

/** libjpeg's for a JPEG whose components are R, G and B (jdcolor.c, rgb_gray_convert). */
export const libjpegGray: GrayRule = (red, green, blue) =>
  (19595 * red + 38470 * green + 7471 * blue + 32768) >> 16;

/** OpenCV's own, where its decoder gives colours (cvtColor, BGR2GRAY). */
export const opencvGray: GrayRule = (red, green, blue) =>
  (4899 * red + 9617 * green + 1868 * blue + 8192) >> 14;

/** One channel of R G B samples, by `rule`. */
export function grayOf(
  { pixels, height, width, channels }: Samples<Uint8Array | Uint16Array>,
  rule: GrayRule,
  shift = 0,
): Uint8Array {
  const count = height * width;
  const gray = new Uint8Array(count);
  const [green, blue] = channels < 3 ? [0, 0] : [1, 2];
  for (let i = 0, from = 0; i < count; i++, from += channels) {
    gray[i] =
      rule(
        pixels[from] ?? 0,
        pixels[from + green] ?? 0,
        pixels[from + blue] ?? 0,
      ) >> shift;
  }
  return gray;
}

/** The first channel alone. */
export const firstChannelOf = (samples: Samples): Uint8Array =>
  grayOf(samples, (first) => first);

/**
 * R G B of the printing colours as a file has them, by OpenCV's rule (utils.cpp,
 * icvCvt_CMYK2BGR): it holds the colours to be inverted, as Adobe writes them.
 */
export function rgbOfCmyk({ pixels, ...size }: Samples): Samples {
  const rgb = new Uint8Array(3 * size.height * size.width);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    const key = pixels[from + 3] ?? 0;
    for (let c = 0; c < 3; c++) {
      const ink = pixels[from + c] ?? 0;
      rgb[to + c] = key - (((255 - ink) * key) >> 8);
    }
  }
  return { ...size, channels: 3, pixels: rgb };
}

/** Each sample from 255 on down. */
export const inverted = (samples: Samples): Samples => ({
  ...samples,
  pixels: samples.pixels.map((sample) => 255 - sample),
});
