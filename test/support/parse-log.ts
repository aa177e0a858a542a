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
 * Reads a log with the expressions of Caffe's parse_log.py, in its order: a rate belongs to
 * the rows of its iteration and of the tests after it.
 */
export function parseLog(text: string): ParsedLog {
  const rows = {
    Train: new Map<number, Record<string, number>>(),
    Test: new Map<number, Record<string, number>>(),
  };
  let iteration = -1;
  let isSolving = false;
  for (const line of text.split('\n')) {
    isSolving ||= line.includes('Solving');
    if (!isSolving) continue;
    const found = iterationLine.exec(line)?.[1];
    if (found !== undefined) iteration = Number(found);
    const rate = rateLine.exec(line)?.[1];
    const at = iteration;
    if (rate !== undefined)
      rows.Train.set(at, { ...rows.Train.get(at), LearningRate: Number(rate) });
    for (const net of ['Train', 'Test'] as const) {
      const [, , name, value] = outputLine(net).exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      rows[net].set(at, { ...rows[net].get(at), [name]: Number(value) });
    }
  }
  const listed = (found: ReadonlyMap<number, LogRow>): readonly LogRow[] =>
    Array.from(found, ([at, row]) => ({ NumIters: at, ...row }));
  return { train: listed(rows.Train), test: listed(rows.Test) };
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
