import { readFile, stat } from 'node:fs/promises';

import { systemErrorCode } from '../../native/failure.js';
import { UnreadableImage } from './unreadable-image.js';

/**
 * The bytes of an image's file; a pipe or a device, which may never end, is none.
 * @throws {UnreadableImage}
 */
export async function readImageFile(path: string): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new UnreadableImage('is no file');
    return await readFile(path);
  } catch (thrown) {
    const code = systemErrorCode(thrown);
    if (code === undefined || !(thrown instanceof Error)) throw thrown;
    const isAbsent = code === 'ENOENT' || code === 'ENOTDIR';
    throw new UnreadableImage(
      isAbsent ? 'does not exist' : `cannot be read: ${thrown.message}`,
      { cause: thrown },
    );
  }
}
