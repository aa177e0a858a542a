import sharp from 'sharp';

import { invariant } from '../../../compiler/diagnostics.js';

import type { RawImage } from '../raw-image.js';
import { encodePng } from './encode-png.js';

export type EncodedFormat = 'png' | 'jpg';

/**
 * The bytes of an image file with these pixels, gray or B G R, as OpenCV writes them
 * (imencode): a PNG, or a JPEG of quality 95, its chroma at half the size, baseline, with the
 * standard Huffman tables.
 */
export async function encodeImage(
  image: RawImage,
  format: EncodedFormat,
): Promise<Uint8Array> {
  const { height, width, channels } = image;
  invariant(
    channels === 1 || channels === 3,
    'gray or colour images are encoded',
  );
  const size = { height, width, channels } as const;
  const pixels = rgbOf(image);
  if (format === 'png') return encodePng({ ...size, pixels });
  const written = await sharp(pixels, { raw: size })
    // Else gray would be written as three channels.
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .jpeg({
      quality: 95,
      chromaSubsampling: '4:2:0',
      optimiseCoding: false,
    })
    .toBuffer();
  return withJfif(written);
}

/** JFIF 1.1 without a density or a thumbnail: what libjpeg writes first. */
const jfif = Uint8Array.of(
  ...[0xff, 0xe0, 0, 16],
  ...Buffer.from('JFIF\0', 'latin1'),
  ...[1, 1, 0, 0, 1, 0, 1, 0, 0],
);

/** `sharp` leaves this segment out. */
const withJfif = (bytes: Uint8Array): Uint8Array =>
  bytes[3] === jfif[1]
    ? bytes
    : Buffer.concat([bytes.subarray(0, 2), jfif, bytes.subarray(2)]);

/** H x W x C with the channels turned around, from either layout. */
function rgbOf({
  layout,
  channels,
  height,
  width,
  pixels,
}: RawImage): Uint8Array {
  invariant(pixels instanceof Uint8Array, 'only images of 8 bits are encoded');
  const count = height * width;
  const rgb = new Uint8Array(channels * count);
  const [channelStride, pixelStride] =
    layout === 'planar' ? [count, 1] : [1, channels];
  for (let c = 0; c < channels; c++) {
    const from = (channels - 1 - c) * channelStride;
    for (let i = 0; i < count; i++) {
      rgb[i * channels + c] = pixels[from + i * pixelStride] ?? 0;
    }
  }
  return rgb;
}
