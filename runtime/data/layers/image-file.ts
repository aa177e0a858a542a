import { decodeImage, type DecodeMode } from '../images/decode-image.js';
import { readImageFile } from '../images/read-image-file.js';
import { UnreadableImage } from '../images/unreadable-image.js';
import type { RawImage } from '../raw-image.js';
import { BadRecord } from './layer-source.js';

/** The bytes of an image's file; where there are none, that is a bad record. */
export const bytesOfImage = (path: string): Promise<Uint8Array> =>
  readable(() => readImageFile(path));

/** The image of such bytes. */
export const decoded = (
  bytes: Uint8Array,
  mode: DecodeMode,
): Promise<RawImage> => readable(() => decodeImage(bytes, mode));

async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    if (thrown instanceof UnreadableImage) throw new BadRecord(thrown.message);
    throw thrown;
  }
}
