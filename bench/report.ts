import { cpus, totalmem } from 'node:os';

export const milliseconds = (value: number): string =>
  value >= 10_000
    ? `${(value / 1000).toFixed(1)} s`
    : `${value.toFixed(value < 10 ? 2 : 1)} ms`;

export const ratio = (value: number): string => value.toFixed(2);

export const megabytes = (bytes: number): string =>
  `${(bytes / 1e6).toFixed(0)} MB`;

/** Prints rows under their titles; the first column is of words, the others of numbers. */
export function printTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of [titles, ...rows]) {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    console.log(cells.join('  ').trimEnd());
  }
}

/** What was measured, and on what: numbers of two machines are never compared. */
export function printHeading(subject: string): void {
  const [first] = cpus();
  const cores = `${cpus().length} x ${first?.model.trim() ?? 'unknown processor'}`;
  console.log(
    `${subject}\nNode ${process.version}, ${cores}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB\n`,
  );
}
