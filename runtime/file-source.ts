import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

import type { ByteSource } from '../compiler/weights/byte-source.js';

/** Opens a file for reading at any place, whatever its size. */
export function openFile(
  path: string,
): ByteSource & { readonly close: () => void } {
  const file = openSync(path, 'r');
  return {
    name: path,
    size: fstatSync(file).size,
    readInto: (target, offset) => {
      // One call of the system may give less than was asked for (2 GB at most).
      let done = 0;
      while (done < target.length) {
        const count = readSync(
          file,
          target,
          done,
          target.length - done,
          offset + done,
        );
        if (count === 0) break;
        done += count;
      }
      return done;
    },
    close: () => {
      closeSync(file);
    },
  };
}
