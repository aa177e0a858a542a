/** Sums are made in float64 over the float32 values. */
export interface Statistics {
  readonly count: number;
  readonly sum: number;
  readonly mean: number;
  /** Of the population. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
  readonly absmax: number;
  readonly l2: number;
  /** How many values are NaN or infinite. */
  readonly nonFinite: number;
}

export function statisticsOf(values: Float32Array): Statistics {
  let sum = 0;
  let squares = 0;
  let min = Infinity;
  let max = -Infinity;
  let nonFinite = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
    // Comparisons with NaN are false: it is counted, and shows in the sums.
    if (value < min) min = value;
    if (value > max) max = value;
    if (!Number.isFinite(value)) nonFinite++;
  }
  const count = values.length;
  const mean = count === 0 ? 0 : sum / count;
  let deviations = 0;
  for (const value of values) deviations += (value - mean) * (value - mean);
  return {
    count,
    sum,
    mean,
    std: count === 0 ? 0 : Math.sqrt(deviations / count),
    min: min > max ? NaN : min,
    max: min > max ? NaN : max,
    absmax: min > max ? NaN : Math.max(-min, max),
    l2: Math.sqrt(squares),
    nonFinite,
  };
}
