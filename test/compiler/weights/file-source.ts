import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

import type { ByteSource } from '../../../compiler/weights/byte-source.js';

export interface OpenSource extends ByteSource {
  close(): void;
}

export function openSource(path: string): OpenSource {
  const file = openSync(path, 'r');
  return {
    name: path,
    size: fstatSync(file).size,
    readInto: (target, offset) =>
      readSync(file, target, 0, target.length, offset),
    close: () => {
      closeSync(file);
    },
  };
}

/** A source over a file that is opened for each read: nothing to close. */
export function fileSource(path: string): ByteSource {
  const withSource = <T>(use: (source: OpenSource) => T): T => {
    const source = openSource(path);
    try {
      return use(source);
    } finally {
      source.close();
    }
  };
  return {
    name: path,
    size: withSource(({ size }) => size),
    readInto: (target, offset) =>
      withSource((source) => source.readInto(target, offset)),
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
