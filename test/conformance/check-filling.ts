import { type Comparison, differenceOf } from './compare.js';
import { type CaseBlob, type CaseFilling, numberOf } from './layer-case.js';

/** How many standard errors a statistic of random values may be off. */
const spread = 5;

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const deviationOf = (values: readonly number[], mean: number): number =>
  Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));

/** Sums over all but the first axis. */
function rowSums({ shape, data }: CaseBlob): readonly number[] {
  const [rows = 1] = shape;
  const length = data.length / rows;
  return Array.from({ length: rows }, (_, row) =>
    data
      .slice(row * length, (row + 1) * length)
      .reduce((sum: number, value) => sum + numberOf(value), 0),
  );
}

/** Whether a freshly filled blob has the distribution that the case names. */
export function checkFilling(
  what: string,
  blob: CaseBlob | undefined,
  wanted: CaseFilling,
): readonly Comparison[] {
  const fault = (text: string): readonly Comparison[] => [
    { what, difference: Infinity, tolerance: 0, fault: text },
  ];
  if (blob === undefined) return fault('is missing');
  const found = blob.shape.join('x');
  if (found !== wanted.shape.join('x')) {
    return fault(`is ${found}, not ${wanted.shape.join('x')}`);
  }
  const values = blob.data.map(numberOf);
  const root = Math.sqrt(values.length);
  const near = (
    name: string,
    value: number,
    expected: number,
    standardError: number,
  ): Comparison => {
    const isNear = Math.abs(value - expected) <= spread * standardError;
    const comparison = {
      what: `${what}: ${name}`,
      difference: 0,
      tolerance: 0,
    };
    return isNear
      ? comparison
      : { ...comparison, fault: `is ${value}, expected about ${expected}` };
  };
  switch (wanted.distribution) {
    case 'constant':
      return [
        {
          what,
          difference: differenceOf(
            values,
            values.map(() => wanted.value ?? 0),
          ),
          tolerance: 1e-6,
        },
      ];
    case 'uniform': {
      const { min = 0, max = 1 } = wanted;
      const outside = values.find((value) => value < min || value > max);
      if (outside !== undefined) return fault(`${outside} is out of bounds`);
      const deviation = (max - min) / Math.sqrt(12);
      return [
        near('mean', meanOf(values), (min + max) / 2, deviation / root),
        near(
          'deviation',
          deviationOf(values, meanOf(values)),
          deviation,
          deviation / root,
        ),
      ];
    }
    case 'gaussian': {
      const { mean = 0, std = 1, nonzero = 1 } = wanted;
      const kept = values.filter((value) => value !== 0);
      const error = std / Math.sqrt(Math.max(kept.length, 1));
      return [
        near('mean', meanOf(kept), mean, error),
        near('deviation', deviationOf(kept, meanOf(kept)), std, error),
        near(
          'share of values that are not 0',
          kept.length / values.length,
          nonzero,
          Math.sqrt(nonzero * (1 - nonzero)) / root,
        ),
      ];
    }
    case 'unitball': {
      const sums = rowSums(blob);
      return [
        {
          what: `${what}: sums`,
          difference: differenceOf(
            sums,
            sums.map(() => 1),
          ),
          tolerance: 1e-5,
        },
      ];
    }
  }
}
