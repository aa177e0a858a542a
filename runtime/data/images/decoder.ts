import sharp, { type Sharp } from 'sharp';

import { UnreadableImage } from './unreadable-image.js';

// Images are decoded side by side, each by one thread; none is decoded twice.
sharp.concurrency(1);
sharp.cache(false);

/** Samples of an image as its file has them, H x W x C. */
export interface Samples<Pixels = Uint8Array> {
  readonly pixels: Pixels;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * Profiles and the orientation by EXIF are ignored, as OpenCV 2 and 3 do. What a decoder only
 * warns of is let pass, what is cut off is not.
 */
const reading = { ignoreIcc: true, failOn: 'error' } as const;

const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Channels R G B, with alpha as a fourth where the file has it. */
export const decodeRgb = (bytes: Uint8Array): Promise<Samples> =>
  decoded(sharp(bufferOf(bytes), reading).toColourspace('srgb').raw());

/** The four printing colours as the file has them; those of Adobe's rules are inverted back. */
export const decodeCmyk = (bytes: Uint8Array): Promise<Samples> =>
  decoded(
    sharp(bufferOf(bytes), reading)
      .pipelineColourspace('cmyk')
      .toColourspace('cmyk')
      .raw(),
  );

/** R G B of 16 bits each. */
export async function decodeRgb16(
  bytes: Uint8Array,
): Promise<Samples<Uint16Array>> {
  const { pixels, ...size } = await decoded(
    sharp(bufferOf(bytes), reading)
      .toColourspace('rgb16')
      .raw({ depth: 'ushort' }),
  );
  // A copy: two-byte numbers have to begin at an even place.
  const words = new Uint16Array(pixels.slice().buffer);
  return { ...size, pixels: words };
}

async function decoded(pipeline: Sharp): Promise<Samples> {
  try {
    const { data, info } = await pipeline.toBuffer({ resolveWithObject: true });
    const { height, width, channels } = info;
    return { pixels: data, height, width, channels };
  } catch (thrown) {
    throw new UnreadableImage(sentence(thrown), { cause: thrown });
  }
}

/** The decoder's words; it gives several lines, of which the first tells most. */
function sentence(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const [first = ''] = text
    .replace(/^Input buffer has corrupt header: /, '')
    .split('\n');
  return `the image cannot be decoded: ${first.replace(/^\w+: /, '')}`;
}
