import type { Draws } from './draws.js';
import type { Placement } from './placement.js';
import type { ColourChange } from './settings.js';

/** Of the channels B G R. */
const grayWeights = [0.114, 0.587, 0.299] as const;

/**
 * Principal components of the colours of ImageNet's images and the roots of their variances,
 * for channels B G R of 0 to 255 (the numbers of Facebook's fb.resnet.torch, turned around).
 */
const components = [
  { deviation: 0.2175 * 255, direction: [-0.5836, -0.5808, -0.5675] },
  { deviation: 0.0188 * 255, direction: [-0.6948, -0.0045, 0.7192] },
  { deviation: 0.0045 * 255, direction: [0.4203, -0.814, 0.4009] },
] as const;

const steps = ['brightness', 'contrast', 'saturation'] as const;
type Step = (typeof steps)[number];

/** The six orders of the steps. */
const orders: readonly (readonly Step[])[] = [
  ['brightness', 'contrast', 'saturation'],
  ['brightness', 'saturation', 'contrast'],
  ['contrast', 'brightness', 'saturation'],
  ['contrast', 'saturation', 'brightness'],
  ['saturation', 'brightness', 'contrast'],
  ['saturation', 'contrast', 'brightness'],
];

/**
 * Changes the colours of the pixels in `into` (C x H x W, from 0 to 255) at random:
 * brightness, contrast and saturation in a random order, then light (Krizhevsky et al. 2012,
 * section 4.1). Results are not cut off at 0 and 255.
 */
export function changeColours(
  change: ColourChange,
  channels: number,
  placement: Placement,
  into: Float32Array,
  draws: Draws,
): void {
  const picture = new Picture(channels, placement, into);
  const order = orders[draws.below(orders.length, 'colour order')] ?? steps;
  for (const step of order) {
    const most = change[step];
    if (most === 0) continue;
    const factor = draws.between(1 - most, 1 + most, step);
    switch (step) {
      case 'brightness':
        picture.blend(factor, 0);
        break;
      case 'contrast':
        picture.blend(factor, picture.meanGray());
        break;
      case 'saturation':
        picture.blendWithGray(factor);
        break;
    }
  }
  if (change.lighting > 0) {
    const strengths = components.map(
      ({ deviation }, i) =>
        draws.normal('lighting', i) * change.lighting * deviation,
    );
    picture.add((c) =>
      components.reduce(
        (sum, { direction }, i) =>
          sum + (direction[c] ?? 0) * (strengths[i] ?? 0),
        0,
      ),
    );
  }
}

/** The pixels that an image has in the output. */
class Picture {
  readonly #channels: number;
  readonly #placement: Placement;
  readonly #into: Float32Array;
  readonly #weights: readonly number[];

  constructor(channels: number, placement: Placement, into: Float32Array) {
    this.#channels = channels;
    this.#placement = placement;
    this.#into = into;
    // Channels that are no colours count alike.
    this.#weights =
      channels === 3
        ? grayWeights
        : Array.from({ length: channels }, () => 1 / channels);
  }

  /** Starts of the rows of the first channel. */
  *#rows(): Generator<number> {
    const { outTop, outLeft, outWidth, height } = this.#placement;
    for (let y = 0; y < height; y++) yield (outTop + y) * outWidth + outLeft;
  }

  get #plane(): number {
    return this.#placement.outHeight * this.#placement.outWidth;
  }

  /** Each value times `factor`, the rest from `other`. */
  blend(factor: number, other: number): void {
    const rest = other * (1 - factor);
    this.#each((value) => value * factor + rest);
  }

  add(shift: (channel: number) => number): void {
    const shifts = this.#weights.map((_, c) => shift(c));
    this.#each((value, c) => value + (shifts[c] ?? 0));
  }

  #each(change: (value: number, channel: number) => number): void {
    const into = this.#into;
    const { width } = this.#placement;
    for (let c = 0; c < this.#channels; c++) {
      for (const row of this.#rows()) {
        const start = c * this.#plane + row;
        for (let at = start; at < start + width; at++) {
          into[at] = change(into[at] ?? 0, c);
        }
      }
    }
  }

  #gray(at: number): number {
    const plane = this.#plane;
    let gray = 0;
    for (let c = 0; c < this.#channels; c++) {
      gray += (this.#weights[c] ?? 0) * (this.#into[c * plane + at] ?? 0);
    }
    return gray;
  }

  meanGray(): number {
    const { height, width } = this.#placement;
    let sum = 0;
    for (const row of this.#rows()) {
      for (let at = row; at < row + width; at++) sum += this.#gray(at);
    }
    return sum / (height * width);
  }

  blendWithGray(factor: number): void {
    const { width } = this.#placement;
    const plane = this.#plane;
    for (const row of this.#rows()) {
      for (let at = row; at < row + width; at++) {
        const rest = this.#gray(at) * (1 - factor);
        for (let c = 0; c < this.#channels; c++) {
          const place = c * plane + at;
          this.#into[place] = (this.#into[place] ?? 0) * factor + rest;
        }
      }
    }
  }
}
