import sharp from 'sharp';

import { imageFormat } from './image-format.js';
import { jpegColours } from './jpeg-header.js';
import { pngHeader } from './png-header.js';
import { UnreadableImage } from './unreadable-image.js';

/** What `decodeImage` makes of an image as it is (`unchanged`). */
export interface DecodedSize {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Sizes of an image by its header; pixels are not decoded.
 * @throws {UnreadableImage} For what is no image, or has a broken header.
 */
export async function imageSize(bytes: Uint8Array): Promise<DecodedSize> {
  const channels = channelsOf(bytes);
  const { buffer, byteOffset, byteLength } = bytes;
  try {
    const image = sharp(Buffer.from(buffer, byteOffset, byteLength));
    const { height, width } = await image.metadata();
    return { channels, height, width };
  } catch (thrown) {
    throw new UnreadableImage('the header of the image is broken', {
      cause: thrown,
    });
  }
}

function channelsOf(bytes: Uint8Array): number {
  switch (imageFormat(bytes)) {
    case 'jpeg':
      return jpegColours(bytes).components === 1 ? 1 : 3;
    case 'png': {
      const { isGray, hasAlpha } = pngHeader(bytes);
      return hasAlpha ? 4 : isGray ? 1 : 3;
    }
    case 'webp':
    case 'tiff':
    case 'gif':
      return 3;
  }
}
