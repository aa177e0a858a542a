import type { RawImage } from '../raw-image.js';
import {
  bgraOf,
  bgrOf,
  firstChannelOf,
  grayOf,
  inverted,
  libjpegGray,
  libpngGray,
  libpngGray16,
  opencvGray,
  rgbOfCmyk,
} from './colour-rules.js';
import { decodeCmyk, decodeRgb, decodeRgb16, type Samples } from './decoder.js';
import { imageFormat } from './image-format.js';
import { jpegColours, withoutColourTransform } from './jpeg-header.js';
import { pngHeader } from './png-header.js';
import { UnreadableImage } from './unreadable-image.js';

/** `unchanged`: as many channels as the file has, as for an encoded Datum. */
export type DecodeMode = 'color' | 'gray' | 'unchanged';

/**
 * Decodes a JPEG, PNG, WebP, TIFF or GIF image to the pixels that OpenCV's imread and imdecode
 * give Caffe (io.cpp): H x W x C, 8 bits, channels B G R, or one for gray. Without `unchanged`
 * alpha is dropped and 16 bits become 8 (the upper ones). Orientation by EXIF is ignored.
 * @throws {UnreadableImage} For what is no image, or a broken one.
 */
export async function decodeImage(
  bytes: Uint8Array,
  mode: DecodeMode,
): Promise<RawImage> {
  switch (imageFormat(bytes)) {
    case 'jpeg':
      return decodeJpeg(bytes, mode);
    case 'png':
      return decodePng(bytes, mode);
    case 'webp':
    case 'tiff':
    case 'gif':
      return decodeOther(bytes, mode);
  }
}

function imageOf(
  { height, width }: { readonly height: number; readonly width: number },
  channels: number,
  pixels: Uint8Array,
): RawImage {
  return { layout: 'interleaved', channels, height, width, pixels };
}

const bgr = (samples: Samples): RawImage => imageOf(samples, 3, bgrOf(samples));

/** Gray takes the decoder's luma: colours are not made first. */
async function decodeJpeg(
  bytes: Uint8Array,
  mode: DecodeMode,
): Promise<RawImage> {
  const { components, isRgb, isAdobe } = jpegColours(bytes);
  const isGray = mode === 'gray' || (mode === 'unchanged' && components === 1);
  if (components === 4) {
    const found = await decodeCmyk(bytes);
    const samples = rgbOfCmyk(isAdobe ? inverted(found) : found);
    return isGray
      ? imageOf(samples, 1, grayOf(samples, opencvGray))
      : bgr(samples);
  }
  if (!isGray) return bgr(await decodeRgb(bytes));
  if (isRgb) {
    const samples = await decodeRgb(bytes);
    return imageOf(samples, 1, grayOf(samples, libjpegGray));
  }
  const samples = await decodeRgb(
    components === 3 ? withoutColourTransform(bytes) : bytes,
  );
  return imageOf(samples, 1, firstChannelOf(samples));
}

async function decodePng(
  bytes: Uint8Array,
  mode: DecodeMode,
): Promise<RawImage> {
  const { bits, isGray, hasAlpha } = pngHeader(bytes);
  if (mode === 'unchanged' && bits === 16) {
    throw new UnreadableImage(
      'the image has 16 bits a channel, which Caffe refuses here: force_color or force_gray makes them 8',
    );
  }
  if (mode === 'gray') {
    if (bits === 16) {
      const samples = await decodeRgb16(bytes);
      return imageOf(samples, 1, grayOf(samples, libpngGray16, 8));
    }
    const samples = await decodeRgb(bytes);
    return imageOf(samples, 1, grayOf(samples, libpngGray));
  }
  const samples = await decodeRgb(bytes);
  if (mode === 'color') return bgr(samples);
  if (hasAlpha) return imageOf(samples, 4, bgraOf(samples));
  return isGray ? imageOf(samples, 1, firstChannelOf(samples)) : bgr(samples);
}

async function decodeOther(
  bytes: Uint8Array,
  mode: DecodeMode,
): Promise<RawImage> {
  const samples = await decodeRgb(bytes);
  return mode === 'gray'
    ? imageOf(samples, 1, grayOf(samples, opencvGray))
    : bgr(samples);
}
