import type { ByteSource } from './byte-source.js';

/**
 * The file became shorter after it was indexed. Neither the input nor rancc is wrong, so it
 * is no diagnostic: the run stops.
 */
export class SourceChanged extends Error {
  override readonly name = 'SourceChanged';
}

/** Operating systems read less than 2 GiB at once. */
const largestRead = 2 ** 30;

/** Fills the whole of `target` from `offset` on. */
export function readExactly(
  source: ByteSource,
  target: Uint8Array,
  offset: number,
): void {
  let filled = 0;
  while (filled < target.length) {
    const got = source.readInto(
      target.subarray(filled, filled + largestRead),
      offset + filled,
    );
    if (got === 0)
      throw new SourceChanged(
        `${source.name} was changed while it was being read: nothing at byte ${offset + filled}`,
      );
    filled += got;
  }
}
