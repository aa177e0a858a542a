import type { Datum } from '../../datum.js';
import { decodeImage } from '../../images/decode-image.js';
import { type EncodedFormat, encodeImage } from '../../images/encode-image.js';
import { resizeImage } from '../../images/resize-image.js';
import type { RawImage } from '../../raw-image.js';
import { scaledSize } from '../../transform/settings.js';
import type { ImportSettings, PictureSize } from './import-settings.js';

/** A picture in the size that is wanted. */
export function sized(image: RawImage, size: PictureSize): RawImage {
  switch (size.kind) {
    case 'as-they-are':
      return image;
    case 'exact':
      return resizeImage(image, size.height, size.width);
    case 'short-side': {
      const { height, width } = scaledSize(image, size.pixels);
      return resizeImage(image, height, width);
    }
  }
}

/** A record that is ready, and the pixels that it holds or that its bytes stand for. */
export interface Prepared {
  readonly datum: Datum;
  readonly image: RawImage;
}

type Wanted = Pick<ImportSettings, 'size' | 'encoded'>;

/** A record of pixels, or of the bytes of an image file that is made of them. */
export async function preparePixels(
  image: RawImage,
  label: number,
  { size, encoded }: Wanted,
  format: EncodedFormat,
): Promise<Prepared> {
  const resized = sized(image, size);
  if (!encoded) return { datum: { label, image: resized }, image: resized };
  const bytes = await encodeImage(resized, format);
  return { datum: { label, encoded: bytes }, image: resized };
}

/**
 * A record of an image file, in colours as convert_imageset reads it. Bytes that are kept as
 * they are have been decoded all the same: a broken picture is found here and not in training.
 * @throws {UnreadableImage}
 */
export async function prepareFile(
  bytes: Uint8Array,
  label: number,
  wanted: Wanted,
): Promise<Prepared> {
  const image = await decodeImage(bytes, 'color');
  return wanted.encoded && wanted.size.kind === 'as-they-are'
    ? { datum: { label, encoded: bytes }, image }
    : preparePixels(image, label, wanted, 'jpg');
}
