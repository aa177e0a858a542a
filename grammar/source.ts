/** A text with the name that diagnostics print for it (a path, or `<stdin>`). */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** A half-open range `[start, end)` of UTF-16 offsets into the text of a source. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** A place for people: line and column count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const lineStartsOf = new WeakMap<Source, readonly number[]>();

function lineStarts(source: Source): readonly number[] {
  const known = lineStartsOf.get(source);
  if (known !== undefined) return known;
  const starts = [0];
  for (
    let at = source.text.indexOf('\n');
    at !== -1;
    at = source.text.indexOf('\n', at + 1)
  ) {
    starts.push(at + 1);
  }
  lineStartsOf.set(source, starts);
  return starts;
}

/** Where `offset` lies; only here do lines and columns become 1-based. */
export function positionAt(source: Source, offset: number): Position {
  const starts = lineStarts(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** The text of a line (counted from 1) without its line ending. */
export function lineText(source: Source, line: number): string {
  const starts = lineStarts(source);
  const start = starts[line - 1] ?? source.text.length;
  const end = starts[line] ?? source.text.length + 1;
  return source.text.slice(start, end - 1).replace(/\r$/, '');
}

/** The smallest span that covers both. */
export function join(first: Span, last: Span): Span {
  return {
    source: first.source,
    start: Math.min(first.start, last.start),
    end: Math.max(first.end, last.end),
  };
}
