import { readFile, stat } from 'node:fs/promises';

import { DataFailure } from '../data-failure.js';

/** The text of a list; a pipe or a device, which may never end, is none. */
export async function readListText(path: string): Promise<string> {
  const found = await stat(path);
  if (!found.isFile()) throw new DataFailure('is no file', { file: path });
  return readFile(path, 'utf8');
}
