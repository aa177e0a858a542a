import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

import type { ByteSource } from '../../../compiler/weights/byte-source.js';

/** A source over a file that is opened for each read: nothing to close. */
export function fileSource(path: string): ByteSource {
  const withFile = <T>(use: (file: number) => T): T => {
    const file = openSync(path, 'r');
    try {
      return use(file);
    } finally {
      closeSync(file);
    }
  };
  return {
    name: path,
    size: withFile((file) => fstatSync(file).size),
    readInto: (target, offset) =>
      withFile((file) => readSync(file, target, 0, target.length, offset)),
  };
}

export const bytesSource = (bytes: Uint8Array, name = 'bytes'): ByteSource => ({
  name,
  size: bytes.length,
  readInto(target, offset) {
    const part = bytes.subarray(offset, offset + target.length);
    target.set(part);
    return part.length;
  },
});
