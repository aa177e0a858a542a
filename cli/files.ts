import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import type { Source } from '../grammar/source.js';
import { decodeText } from '../grammar/text-encoding.js';

import { nearest } from '../compiler/suggestion.js';

import { systemErrorCode } from '../runtime/native/failure.js';

import { UsageError } from './usage-error.js';

/** Checks that there is a file to read, so that a slip is told before any work is done. */
export function requireFile(path: string): void {
  reading(path, () => {
    const found = requireNoFolder(path);
    if (!found.isFile())
      throw new UsageError(
        `${path} is no file that can be read at any place; save what it gives first`,
      );
  });
}

function requireNoFolder(path: string): Stats {
  const found = statSync(path);
  if (found.isDirectory()) {
    throw new UsageError(`${path} is a folder; a file is needed`);
  }
  return found;
}

/** All of a file, or of a pipe. */
export const readBytes = (path: string): Uint8Array =>
  reading(path, () => {
    requireNoFolder(path);
    return readFileSync(path);
  });

/** A text of Caffe's, `-` from standard input. */
export const readSource = (path: string): Source =>
  path === '-'
    ? { name: '<stdin>', text: decodeText(readFileSync(0)) }
    : { name: path, text: decodeText(readBytes(path)) };

function reading<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    switch (systemErrorCode(thrown)) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw new UsageError(`there is no file ${path}`, similarTo(path));
      case 'EACCES':
      case 'EPERM':
        throw new UsageError(`${path} may not be read`);
      default:
        throw thrown;
    }
  }
}

/** Another file of the folder, or the nearest folder above that is there. */
function similarTo(path: string): string | undefined {
  const folder = dirname(path);
  try {
    const found = nearest(basename(path), readdirSync(folder));
    return found && `did you mean ${join(folder, found)}?`;
  } catch {
    return `there is no folder ${folder}`;
  }
}
