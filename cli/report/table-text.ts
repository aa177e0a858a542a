import type { Column, Table } from './block.js';
import { painted } from './colour.js';

export interface TableStyle {
  readonly colour: boolean;
  /** Columns of the terminal; undefined: as wide as the entries are. */
  readonly width: number | undefined;
}

const gap = '  ';
/** What is left of a name at least: `conv…_1x1`. */
const narrowest = 9;

/** A table as lines: titles, a row each, totals under a rule. */
export function tableLines(
  { columns, rows, footer = [] }: Table,
  { colour, width }: TableStyle,
): readonly string[] {
  const widths = fitted(columns, [...rows, ...footer], width);
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, index) => cellText(column, cells[index], widths[index]))
      .join(gap)
      .trimEnd();
  const length = widths.reduce((sum, each) => sum + each, 0);
  const rule = '─'.repeat(length + gap.length * (columns.length - 1));
  return [
    painted(colour, 'bold', line(columns.map(({ title }) => title))),
    ...rows.map(line),
    ...(footer.length === 0 ? [] : [painted(colour, 'dim', rule)]),
    ...footer.map(line),
  ];
}

function cellText(column: Column, text = '', width = 0): string {
  const shown = column.shrinks === true ? withoutMiddle(text, width) : text;
  return column.align === 'right' ? shown.padStart(width) : shown.padEnd(width);
}

/** Widths of the columns, those that shrink made narrower, the widest first, until all fits. */
function fitted(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  limit: number | undefined,
): readonly number[] {
  const widths = columns.map(({ title }, index) =>
    rows.reduce(
      (most, row) => Math.max(most, row[index]?.length ?? 0),
      title.length,
    ),
  );
  if (limit === undefined) return widths;
  const gaps = gap.length * (columns.length - 1);
  let excess = widths.reduce((sum, each) => sum + each, gaps) - limit;
  while (excess > 0) {
    const widest = columns.reduce<number | undefined>((best, column, index) => {
      const width = widths[index] ?? 0;
      const isBetter =
        column.shrinks === true &&
        width > narrowest &&
        (best === undefined || width > (widths[best] ?? 0));
      return isBetter ? index : best;
    }, undefined);
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

/** The two ends of a layer's name tell more than its middle: `pre_…_conv`. */
export function withoutMiddle(text: string, width: number): string {
  if (text.length <= width) return text;
  if (width < 2) return text.slice(0, width);
  const head = Math.ceil((width - 1) / 2);
  const tail = width - 1 - head;
  return `${text.slice(0, head)}…${tail === 0 ? '' : text.slice(-tail)}`;
}
