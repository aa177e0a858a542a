/**
 * The formula from which the goldens' weights and inputs come. A stream is a name and an
 * index k; all integer operations wrap at 32 bits.
 *
 *     seed  = FNV-1a of the UTF-8 bytes of the name
 *     h     = MurmurHash3's finaliser of seed + k * 0x9E3779B9
 *     value = float32(lo + (hi - lo) * h / 2^32), in float64 up to the last step
 */

const goldenRatio = 0x9e3779b9;
const two32 = 4294967296;

export function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name))
    hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** Spreads 32 bits over 32 bits. */
function mix(bits: number): number {
  let h = bits;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The hash of the stream at index k. */
export const hashAt = (name: string, k: number): number =>
  mix(seedOf(name) + Math.imul(k, goldenRatio));

/** Fills `target` with the stream's values from index `from` on. */
export function fillStream(
  name: string,
  target: Float32Array,
  lo: number,
  hi: number,
  from = 0,
): void {
  const range = hi - lo;
  let state = (seedOf(name) + Math.imul(from, goldenRatio)) | 0;
  for (let at = 0; at < target.length; at++) {
    target[at] = lo + range * (mix(state) / two32);
    state = (state + goldenRatio) | 0;
  }
}

/** Places in an array of `count` elements: floor(h * count / 2^32) at k = 0, 1, ... */
export function sampleIndices(
  name: string,
  count: number,
  howMany: number,
): number[] {
  // h * count does not fit a double.
  return Array.from({ length: howMany }, (_, k) =>
    Number((BigInt(hashAt(name, k)) * BigInt(count)) >> 32n),
  );
}
