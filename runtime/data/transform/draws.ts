/** What is drawn for a sample; each is a number of its own. */
const purposes = [
  'mirror',
  'crop top',
  'crop left',
  'area',
  'aspect',
  'area top',
  'area left',
  'colour order',
  'brightness',
  'contrast',
  'saturation',
  'lighting',
  'order',
  'window',
  'skip',
  'noise',
  'wrong class',
] as const;

export type Purpose = (typeof purposes)[number];

/**
 * Random numbers of one sample. They have no state: the same question always has the same
 * answer, whoever asks, and in whatever order.
 */
export interface Draws {
  /** A whole number from 0 to `count` - 1. `index` tells draws for one purpose apart. */
  below(count: number, purpose: Purpose, index?: number): number;
  /** From `least` on, below `most`. */
  between(
    least: number,
    most: number,
    purpose: Purpose,
    index?: number,
  ): number;
  /** From the normal distribution with mean 0 and deviation 1. */
  normal(purpose: Purpose, index?: number): number;
}

const numberOf: Readonly<Record<Purpose, number>> = Object.fromEntries(
  purposes.map((purpose, number) => [purpose, number]),
) as Record<Purpose, number>;

/**
 * The draws for sample number `sample` (counted over all epochs) of the layer named `layer`.
 * A sample's numbers depend on these alone and not on which thread draws them.
 */
export function drawsOf(seed: number, layer: string, sample: number): Draws {
  const key = hashed([...words(seed), hashOfText(layer), ...words(sample)]);
  const uniform = (purpose: Purpose, index = 0): number =>
    fraction(hashed([numberOf[purpose], index], key));
  return {
    below: (count, purpose, index) =>
      Math.floor(uniform(purpose, index) * count),
    between: (least, most, purpose, index) =>
      least + uniform(purpose, index) * (most - least),
    normal: (purpose, index = 0) => {
      // Box and Muller's; the logarithm's argument is above 0.
      const radius = Math.sqrt(-2 * Math.log(1 - uniform(purpose, 2 * index)));
      return radius * Math.cos(2 * Math.PI * uniform(purpose, 2 * index + 1));
    },
  };
}

/** Two hashes of 32 bits, of different beginnings. */
type Key = readonly [number, number];

const beginning: Key = [0x9e3779b9, 0x243f6a88];

function hashed(parts: readonly number[], [high, low] = beginning): Key {
  for (const part of parts) {
    high = mixed(high, part);
    low = mixed(low, Math.imul(part, 0x9e3779b1) ^ high);
  }
  return [high, low];
}

/** A step and the end of MurmurHash3 (A. Appleby): each bit of both sways all of it. */
function mixed(hash: number, word: number): number {
  let part = Math.imul(word, 0xcc9e2d51);
  part = Math.imul((part << 15) | (part >>> 17), 0x1b873593);
  let all = hash ^ part;
  all = Math.imul((all << 13) | (all >>> 19), 5) + 0xe6546b64;
  all = Math.imul(all ^ (all >>> 16), 0x85ebca6b);
  all = Math.imul(all ^ (all >>> 13), 0xc2b2ae35);
  return (all ^ (all >>> 16)) >>> 0;
}

/** From 0 on, below 1; 53 bits. */
const fraction = ([high, low]: Key): number =>
  ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;

/** The lower and upper 32 bits. */
const words = (number: number): readonly [number, number] => [
  number >>> 0,
  Math.floor(number / 2 ** 32) >>> 0,
];

function hashOfText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}
