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
export const drawsOf = (seed: number, layer: string, sample: number): Draws =>
  new SampleDraws(seed, layer, sample);

class SampleDraws implements Draws {
  readonly #seed: number;
  readonly #layer: string;
  readonly #sample: number;
  #key: Key | undefined;

  constructor(seed: number, layer: string, sample: number) {
    this.#seed = seed;
    this.#layer = layer;
    this.#sample = sample;
  }

  below(count: number, purpose: Purpose, index = 0): number {
    return Math.floor(this.#uniform(purpose, index) * count);
  }

  between(least: number, most: number, purpose: Purpose, index = 0): number {
    return least + this.#uniform(purpose, index) * (most - least);
  }

  normal(purpose: Purpose, index = 0): number {
    // Box and Muller's; the logarithm's argument is above 0.
    const radius = Math.sqrt(
      -2 * Math.log(1 - this.#uniform(purpose, 2 * index)),
    );
    return (
      radius * Math.cos(2 * Math.PI * this.#uniform(purpose, 2 * index + 1))
    );
  }

  #uniform(purpose: Purpose, index: number): number {
    // Many samples draw nothing: those of a TEST phase.
    this.#key ??= hashed([
      ...words(this.#seed),
      hashOfText(this.#layer),
      ...words(this.#sample),
    ]);
    return fraction(hashed([numberOf[purpose], index], this.#key));
  }
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
