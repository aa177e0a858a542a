import sharp from 'sharp';

import { invariant } from '../../../compiler/diagnostics.js';

import type { RawImage } from '../raw-image.js';

export type EncodedFormat = 'png' | 'jpg';

/**
 * The bytes of an image file with these pixels, gray or B G R. JPEG as OpenCV writes it
 * (imencode): quality 95, chroma at half the size, baseline, the standard Huffman tables.
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
  const raw = sharp(rgbOf(image), { raw: { width, height, channels } });
  // Else gray would be written as three channels.
  const pipeline = raw.toColourspace(channels === 1 ? 'b-w' : 'srgb');
  return format === 'png'
    ? pipeline.png({ compressionLevel: 1 }).toBuffer()
    : pipeline
        .jpeg({
          quality: 95,
          chromaSubsampling: '4:2:0',
          optimiseCoding: false,
        })
        .toBuffer();
}

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
