import { readFile, stat } from 'node:fs/promises';

import { systemErrorCode } from '../../native/failure.js';
import { DataFailure } from '../data-failure.js';

/**
 * The text of a list; a pipe or a device, which may never end, is none.
 * @throws {DataFailure} Where it is no file.
 */
export async function readListText(path: string): Promise<string> {
  const found = await stat(path);
  if (!found.isFile()) throw new DataFailure('is no file', { file: path });
  return readFile(path, 'utf8');
}

/** The same; where there is no such list, the failure says so, and what to do. */
export async function requireListText(
  path: string,
  cure: string,
): Promise<string> {
  try {
    return await readListText(path);
  } catch (thrown) {
    const code = systemErrorCode(thrown);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw thrown;
    throw new DataFailure(
      'is missing',
      { file: path, cure },
      { cause: thrown },
    );
  }
}
