import { readFile } from 'node:fs/promises';

import { systemErrorCode } from '../../native/failure.js';
import { UnreadableImage } from '../images/unreadable-image.js';

/**
 * The bytes of a picture that is to go into a database.
 * @throws {UnreadableImage} Where there is no such file.
 */
export async function pictureBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (thrown) {
    const code = systemErrorCode(thrown);
    if (code !== 'ENOENT' && code !== 'EISDIR' && code !== 'ENOTDIR') {
      throw thrown;
    }
    throw new UnreadableImage('there is no such file', { cause: thrown });
  }
}
