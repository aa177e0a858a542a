import type { CaseResult } from './run-case.js';
import { type Tally, tallyOf } from './tally.js';

const columns = ['passed', 'forward only', 'failed', 'unsupported'] as const;

const row = (cells: readonly (string | number)[]): string => {
  const [first = '', ...others] = cells;
  return [
    String(first).padEnd(26),
    ...others.map((cell) => String(cell).padStart(13)),
  ]
    .join('')
    .trimEnd();
};

const tallyRow = ({ type, counts, largest }: Tally): string =>
  row([
    type,
    ...columns.map((verdict) => counts[verdict]),
    largest === 0 ? '0' : largest.toExponential(1),
  ]);

/** The cases that need a look, then the counts by layer type. */
export function reportText(results: readonly CaseResult[]): string {
  const { types, all } = tallyOf(results);
  const notable = results.filter(
    ({ verdict }) => verdict === 'failed' || verdict === 'unsupported',
  );
  const lines = notable.flatMap(({ file, verdict, reasons }) => [
    `${verdict}: ${file.relative}`,
    ...reasons.map((reason) => `    ${reason}`),
  ]);
  return [
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    row(['', ...columns, 'difference']),
    ...types.map(tallyRow),
    tallyRow(all),
    '',
  ].join('\n');
}

const tallyDocument = ({ counts, largest }: Tally) => ({
  passed: counts.passed,
  forwardOnly: counts['forward only'],
  failed: counts.failed,
  unsupported: counts.unsupported,
  largestDifference: largest,
});

/** The same as one JSON document. */
export function reportJson(results: readonly CaseResult[]): string {
  const { types, all } = tallyOf(results);
  return JSON.stringify({
    ...tallyDocument(all),
    types: types.map((tally) => ({
      type: tally.type,
      ...tallyDocument(tally),
    })),
    cases: results.map(({ file, verdict, reasons, notComputed }) => ({
      path: file.relative,
      verdict,
      reasons,
      notComputed,
    })),
  });
}
