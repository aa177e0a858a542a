import type { Golden, GoldenBlob, GoldenProbabilities } from './golden.js';
import { statisticsOf } from './statistics.js';

/** What is compared; axes and order are Caffe's. */
export interface Computed {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface Check {
  readonly quantity: 'values' | 'absmax' | 'mean' | 'std' | 'l2';
  /** Relative, as `allowed` is. */
  readonly difference: number;
  readonly allowed: number;
  readonly passed: boolean;
}

export interface Difference {
  readonly passed: boolean;
  readonly shapeEqual: boolean;
  /** The largest difference of a value; infinite where shapes differ. */
  readonly maxAbs: number;
  /** The same relative to the scale by which the format judges. */
  readonly maxRel: number;
  readonly checks: readonly Check[];
}

export const defaultTolerance = 1e-4;

/**
 * Compares a blob with the golden's. In a `corpus` golden values may differ by the tolerance
 * times the largest of them. Elsewhere values, largest and mean may differ by the tolerance
 * times the standard deviation, which itself must be right, like the l2 norm, to a tenth of
 * the tolerance.
 */
export function compareWithGolden(
  computed: Computed,
  golden: GoldenBlob,
  format: Golden['format'],
  tolerance = defaultTolerance,
): Difference {
  if (!sameShape(computed.shape, golden.shape))
    return {
      passed: false,
      shapeEqual: false,
      maxAbs: Infinity,
      maxRel: Infinity,
      checks: [],
    };
  const maxAbs = largestDifference(computed.data, golden);
  const scale = scaleOf(golden, format);
  const check = (
    quantity: Check['quantity'],
    difference: number,
    allowed: number,
  ): Check => ({
    quantity,
    difference,
    allowed,
    // Written so that NaN fails.
    passed: difference <= allowed,
  });

  const own = statisticsOf(computed.data);
  const off = (key: 'absmax' | 'mean' | 'std' | 'l2', by: number): number =>
    relative(distance(own[key], golden[key]), by);
  const checks = [
    check('values', relative(maxAbs, scale), tolerance),
    // If all values are right, so are these two; they see the values that are not sampled.
    check('absmax', off('absmax', scale), tolerance),
    check('mean', off('mean', scale), tolerance),
  ];
  if (format !== 'corpus')
    checks.push(
      check(
        'std',
        off('std', golden.std === 0 ? scale : golden.std),
        tolerance / 10,
      ),
      check('l2', off('l2', golden.l2), tolerance / 10),
    );
  return {
    passed: checks.every(({ passed }) => passed),
    shapeEqual: true,
    maxAbs,
    maxRel: relative(maxAbs, scale),
    checks,
  };
}

/** A blob whose values are all equal has no deviation; its size is the scale then. */
function scaleOf(golden: GoldenBlob, format: Golden['format']): number {
  return format === 'corpus' || golden.std === 0 ? golden.absmax : golden.std;
}

function largestDifference(data: Float32Array, golden: GoldenBlob): number {
  // Math.max keeps a NaN.
  return golden.places.reduce(
    (largest, place, at) =>
      Math.max(largest, distance(data[place] ?? NaN, golden.values[at] ?? NaN)),
    0,
  );
}

/** Equal infinities, and NaN where NaN is expected, are no difference. */
const distance = (found: number, expected: number): number =>
  Object.is(found, expected) ? 0 : Math.abs(found - expected);

const relative = (difference: number, scale: number): number =>
  difference === 0 ? 0 : difference / scale;

const sameShape = (one: readonly number[], two: readonly number[]): boolean =>
  one.length === two.length && one.every((size, axis) => size === two[axis]);

export interface ProbabilityDifference {
  readonly passed: boolean;
  readonly maxAbs: number;
  /** Relative to the largest probability. */
  readonly maxRel: number;
  readonly top5Equal: boolean;
}

/**
 * Compares rows of probabilities: each within twice the tolerance relative to the largest,
 * and the five best classes the same in the same order where the golden names them.
 */
export function compareProbabilities(
  computed: Computed,
  golden: GoldenProbabilities,
  tolerance = defaultTolerance,
): ProbabilityDifference {
  const expected = golden.rows.flat();
  const largest = expected.reduce((most, value) => Math.max(most, value), 0);
  const width = golden.rows[0]?.length ?? 0;
  const maxAbs = expected.reduce(
    (most, value, at) =>
      Math.max(most, distance(computed.data[at] ?? NaN, value)),
    computed.data.length === expected.length ? 0 : Infinity,
  );
  const maxRel = relative(maxAbs, largest);
  const top5Equal =
    golden.top5?.every((classes, row) =>
      sameShape(
        largestClasses(
          computed.data.subarray(row * width, (row + 1) * width),
          classes.length,
        ),
        classes,
      ),
    ) ?? true;
  return {
    passed: maxRel <= 2 * tolerance && top5Equal,
    maxAbs,
    maxRel,
    top5Equal,
  };
}

/** Indices of the largest values, the largest first. */
export const largestClasses = (
  values: Float32Array,
  howMany: number,
): readonly number[] =>
  Array.from(values.keys())
    .sort((one, two) => (values[two] ?? 0) - (values[one] ?? 0))
    .slice(0, howMany);
