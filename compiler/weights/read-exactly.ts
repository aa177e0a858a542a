import type { ByteSource } from './byte-source.js';

/**
 * The file became shorter after it was indexed. Neither the input nor rancc is wrong, so it
 * is no diagnostic: the run stops.
 */
export class SourceChanged extends Error {
  override readonly name = 'SourceChanged';
}

/** Fills the whole of `target` from `offset` on. */
export function readExactly(
  source: ByteSource,
  target: Uint8Array,
  offset: number,
): void {
  let filled = 0;
  while (filled < target.length) {
    const got = source.readInto(
      filled === 0 ? target : target.subarray(filled),
      offset + filled,
    );
    if (got === 0)
      throw new SourceChanged(
        `${source.name} was changed while it was being read: nothing at byte ${offset + filled}`,
      );
    filled += got;
  }
}
