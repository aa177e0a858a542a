import { readFile, stat } from 'node:fs/promises';

import { decodeImage, type DecodeMode } from '../images/decode-image.js';
import { UnreadableImage } from '../images/unreadable-image.js';
import type { RawImage } from '../raw-image.js';
import { BadRecord } from './layer-source.js';

/** The bytes of an image's file; a pipe or a device, which may never end, is none. */
export async function readImageFile(path: string): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new BadRecord('is no file');
    return await readFile(path);
  } catch (thrown) {
    if (thrown instanceof BadRecord || !(thrown instanceof Error)) throw thrown;
    throw new BadRecord(
      'code' in thrown && thrown.code === 'ENOENT'
        ? 'does not exist'
        : `cannot be read: ${thrown.message}`,
    );
  }
}

export async function decoded(
  bytes: Uint8Array,
  mode: DecodeMode,
): Promise<RawImage> {
  try {
    return await decodeImage(bytes, mode);
  } catch (thrown) {
    if (thrown instanceof UnreadableImage) throw new BadRecord(thrown.message);
    throw thrown;
  }
}
