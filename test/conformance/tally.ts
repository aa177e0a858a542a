import type { CaseResult, Verdict } from './run-case.js';

/** The results of the cases of one layer type. */
export interface Tally {
  readonly type: string;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** The largest difference among the comparisons that passed or failed by a number. */
  readonly largest: number;
}

const none: Tally['counts'] = {
  passed: 0,
  'forward only': 0,
  failed: 0,
  unsupported: 0,
};

const add = (tally: Tally, { verdict, comparisons }: CaseResult): Tally => ({
  ...tally,
  counts: { ...tally.counts, [verdict]: tally.counts[verdict] + 1 },
  largest: Math.max(
    tally.largest,
    ...comparisons
      .map(({ difference }) => difference)
      .filter((difference) => Number.isFinite(difference)),
  ),
});

const total = (type: string, results: readonly CaseResult[]): Tally =>
  results.reduce(add, { type, counts: none, largest: 0 });

const typeOf = ({ file }: CaseResult): string => file.content.layer_type;

/** Counts by layer type, and over all. */
export function tallyOf(results: readonly CaseResult[]): {
  readonly types: readonly Tally[];
  readonly all: Tally;
} {
  const names = new Set(results.map(typeOf));
  const types = Array.from(names, (type) =>
    total(
      type,
      results.filter((result) => typeOf(result) === type),
    ),
  );
  return { types, all: total('all', results) };
}
