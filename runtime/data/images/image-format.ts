import { UnreadableImage } from './unreadable-image.js';

export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'tiff' | 'gif';

/** What files of a format begin with; `.` stands for any byte. */
const beginnings: readonly (readonly [RegExp, ImageFormat])[] = [
  [/^\xff\xd8\xff/, 'jpeg'],
  [/^\x89PNG\r\n\x1a\n/, 'png'],
  [/^RIFF[^]{4}WEBP/, 'webp'],
  [/^(?:II\*\0|MM\0\*)/, 'tiff'],
  [/^GIF8[79]a/, 'gif'],
];

/** The format of an image by its first bytes, as OpenCV finds it. */
export function imageFormat(bytes: Uint8Array): ImageFormat {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  const found = beginnings.find(([pattern]) => pattern.test(start));
  if (found !== undefined) return found[1];
  throw new UnreadableImage(
    bytes.length === 0
      ? 'there are no bytes of an image'
      : start.startsWith('BM')
        ? 'BMP images are not read: convert it to PNG'
        : 'the bytes are no JPEG, PNG, WebP, TIFF or GIF image',
  );
}
