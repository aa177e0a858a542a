/** A row of what Caffe's tools/extra/parse_log.py makes of a log. */
export type LogRow = Readonly<Record<string, number>>;

export interface ParsedLog {
  readonly train: readonly LogRow[];
  readonly test: readonly LogRow[];
}

const iterationLine = /Iteration (\d+)/;
const rateLine = /lr = ([-+]?[0-9]*\.?[0-9]+([eE]?[-+]?[0-9]+)?)/;
const outputLine = (net: 'Train' | 'Test'): RegExp =>
  new RegExp(`${net} net output #(\\d+): (\\S+) = ([.\\deE+-]+)`);

/**
 * Reads a log as Caffe's parse_log.py does: a row has the rate that was told before it, the
 * first that of the second.
 */
export function parseLog(text: string): ParsedLog {
  const rows = {
    Train: new Map<number, Record<string, number>>(),
    Test: new Map<number, Record<string, number>>(),
  };
  let iteration = -1;
  let rate = NaN;
  for (const line of text.slice(text.indexOf('Solving')).split('\n')) {
    iteration = Number(iterationLine.exec(line)?.[1] ?? iteration);
    rate = Number(rateLine.exec(line)?.[1] ?? rate);
    for (const net of ['Train', 'Test'] as const) {
      const [, , name, value] = outputLine(net).exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      const row = rows[net].get(iteration) ?? { LearningRate: rate };
      rows[net].set(iteration, { ...row, [name]: Number(value) });
    }
  }
  return { train: listed(rows.Train), test: listed(rows.Test) };
}

function listed(
  found: ReadonlyMap<number, Record<string, number>>,
): readonly LogRow[] {
  const rows = Array.from(found, ([at, row]): LogRow => ({
    NumIters: at,
    ...row,
  }));
  const rate = rows[1]?.['LearningRate'];
  return rows.map((row, index) =>
    index === 0 && rate !== undefined ? { ...row, LearningRate: rate } : row,
  );
}

/** A table as parse_log.py writes it, without the seconds. */
export function logTable(text: string): readonly LogRow[] {
  const [head = '', ...lines] = text.trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) =>
    Object.fromEntries(
      line
        .split(',')
        .map((value, index) => [names[index] ?? '', Number(value)] as const)
        .filter(([name]) => name !== 'Seconds'),
    ),
  );
}
