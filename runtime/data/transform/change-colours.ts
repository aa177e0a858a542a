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

type Step = 'brightness' | 'contrast' | 'saturation';

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
  const planes = Array.from({ length: channels }, (_, c) =>
    planeOf(into, c, placement),
  );
  let mixture = unmixed(channels);
  const means =
    change.contrast > 0
      ? planes.map((plane) => meanOf(plane, placement))
      : mixture.shifts;
  for (const step of orders[draws.below(orders.length, 'colour order')] ?? []) {
    const most = change[step];
    if (most === 0) continue;
    const factor = draws.between(1 - most, 1 + most, step);
    mixture = mixed(step, mixture, factor, means);
  }
  if (change.lighting > 0) {
    mixture = lit(mixture, change.lighting, draws);
  }
  if (channels === 3) mixThree(planes, placement, mixture);
  else mixAlone(planes, placement, mixture);
}

/**
 * Each step is linear, so all of them together are: a channel becomes the sum of all
 * channels, each times its factor (`factors[to][from]`), and a shift.
 */
interface Mixture {
  readonly factors: readonly (readonly number[])[];
  readonly shifts: readonly number[];
}

const unmixed = (channels: number): Mixture => ({
  factors: Array.from({ length: channels }, (_, to) =>
    Array.from({ length: channels }, (_, from) => (from === to ? 1 : 0)),
  ),
  shifts: Array.from({ length: channels }, () => 0),
});

/** Channels that are no colours count alike. */
const weightsOf = ({ shifts }: Mixture): readonly number[] =>
  shifts.length === grayWeights.length
    ? grayWeights
    : shifts.map(() => 1 / shifts.length);

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

/** `mixture`, and then `factor` of the picture and the rest of what the step blends it with. */
function mixed(
  step: Step,
  mixture: Mixture,
  factor: number,
  means: readonly number[],
): Mixture {
  const { factors, shifts } = mixture;
  const weights = weightsOf(mixture);
  const rest = 1 - factor;
  switch (step) {
    case 'brightness':
      return {
        factors: factors.map((row) => row.map((value) => value * factor)),
        shifts: shifts.map((shift) => shift * factor),
      };
    case 'contrast': {
      const now = factors.map((row, c) => dot(row, means) + (shifts[c] ?? 0));
      const gray = dot(weights, now);
      return {
        factors: factors.map((row) => row.map((value) => value * factor)),
        shifts: shifts.map((shift) => shift * factor + gray * rest),
      };
    }
    case 'saturation': {
      const gray = shifts.map((_, from) =>
        dot(
          weights,
          factors.map((row) => row[from] ?? 0),
        ),
      );
      const grayShift = dot(weights, shifts);
      return {
        factors: factors.map((row) =>
          row.map((value, from) => value * factor + (gray[from] ?? 0) * rest),
        ),
        shifts: shifts.map((shift) => shift * factor + grayShift * rest),
      };
    }
  }
}

/** Adds light: noise along the principal components of colours. */
function lit(
  { factors, shifts }: Mixture,
  lighting: number,
  draws: Draws,
): Mixture {
  const strengths = components.map(
    ({ deviation }, i) => draws.normal('lighting', i) * lighting * deviation,
  );
  const light = (c: number) =>
    dot(
      components.map(({ direction }) => direction[c] ?? 0),
      strengths,
    );
  return { factors, shifts: shifts.map((shift, c) => shift + light(c)) };
}

const planeOf = (
  into: Float32Array,
  c: number,
  { outHeight, outWidth }: Placement,
): Float32Array =>
  into.subarray(c * outHeight * outWidth, (c + 1) * outHeight * outWidth);

/** Of the pixels that the image has in the output. */
function meanOf(plane: Float32Array, placement: Placement): number {
  const { outTop, outLeft, outWidth, height, width } = placement;
  let sum = 0;
  for (let y = 0; y < height; y++) {
    const row = (outTop + y) * outWidth + outLeft;
    for (let at = row; at < row + width; at++) sum += plane[at] ?? 0;
  }
  return sum / (height * width);
}

/** Three channels, whose mixtures need all of them. */
function mixThree(
  [first, second, third]: readonly Float32Array[],
  { outTop, outLeft, outWidth, height, width }: Placement,
  { factors, shifts }: Mixture,
): void {
  if (!first || !second || !third) return;
  const [[a0 = 0, a1 = 0, a2 = 0] = [], [b0 = 0, b1 = 0, b2 = 0] = []] =
    factors;
  const [c0 = 0, c1 = 0, c2 = 0] = factors[2] ?? [];
  const [a = 0, b = 0, c = 0] = shifts;
  for (let y = 0; y < height; y++) {
    const row = (outTop + y) * outWidth + outLeft;
    for (let at = row; at < row + width; at++) {
      const x = first[at] ?? 0;
      const y = second[at] ?? 0;
      const z = third[at] ?? 0;
      first[at] = x * a0 + y * a1 + z * a2 + a;
      second[at] = x * b0 + y * b1 + z * b2 + b;
      third[at] = x * c0 + y * c1 + z * c2 + c;
    }
  }
}

/** Any number of channels where none is mixed with another: there is no saturation. */
function mixAlone(
  planes: readonly Float32Array[],
  { outTop, outLeft, outWidth, height, width }: Placement,
  { factors, shifts }: Mixture,
): void {
  for (const [c, plane] of planes.entries()) {
    const factor = factors[c]?.[c] ?? 1;
    const shift = shifts[c] ?? 0;
    for (let y = 0; y < height; y++) {
      const row = (outTop + y) * outWidth + outLeft;
      for (let at = row; at < row + width; at++) {
        plane[at] = (plane[at] ?? 0) * factor + shift;
      }
    }
  }
}
