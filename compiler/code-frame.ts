import {
  lineText,
  type Position,
  positionAt,
  type Span,
} from '../grammar/source.js';

import type { Diagnostic, Note } from './diagnostics.js';

export interface FrameOptions {
  /** ANSI colours. */
  readonly colour: boolean;
  /** Columns for a line of the source with its number; longer lines are cut. */
  readonly width?: number | undefined;
}

/**
 * A diagnostic for people, several lines without a line feed at the end:
 *
 *     net.prototxt:4:3: error[text/unknown-field]: LayerParameter has no field 'typ'
 *     4 |   typ: "ReLU"
 *       |   ^^^
 *       = did you mean 'type'?
 */
export function renderDiagnostic(
  found: Diagnostic,
  { colour, width = 100 }: FrameOptions,
): string {
  const paint = painter(colour);
  const tone = found.severity === 'error' ? 'red' : 'yellow';
  const title = paint(tone, `${found.severity}[${found.code}]`);
  const frame = frameOf(found.span, tone, paint, width);
  const gutter = ' '.repeat(gutterWidth(found.span));
  return [
    `${placeText(found.span, paint)}${title}: ${paint('bold', found.message)}`,
    ...frame,
    ...found.notes.flatMap((note) => noteLines(note, gutter, paint, width)),
  ].join('\n');
}

function noteLines(
  { message, span }: Note,
  gutter: string,
  paint: Paint,
  width: number,
): string[] {
  if (span === undefined) {
    return [`${gutter} ${paint('dim', '=')} ${message}`];
  }
  return [
    `${placeText(span, paint)}${paint('cyan', 'note')}: ${message}`,
    ...frameOf(span, 'cyan', paint, width),
  ];
}

function placeText(span: Span | undefined, paint: Paint): string {
  if (span === undefined) return '';
  const { line, column } = positionAt(span.source, span.start);
  return paint('bold', `${span.source.name}:${line}:${column}:`) + ' ';
}

const gutterWidth = (span: Span | undefined): number =>
  span === undefined
    ? 0
    : String(positionAt(span.source, span.start).line).length;

/** The first line of `span`, and a line with what belongs to it underlined. */
function frameOf(
  span: Span | undefined,
  tone: Tone,
  paint: Paint,
  width: number,
): string[] {
  if (span === undefined) return [];
  const at = positionAt(span.source, span.start);
  const number = String(at.line);
  const { text, before, marked } = cutLine(span, at, width - number.length - 3);
  const bar = paint('dim', '|');
  return [
    `${paint('dim', number)} ${bar} ${text}`,
    `${' '.repeat(number.length)} ${bar} ${' '.repeat(before)}${paint(tone, '^'.repeat(marked))}`,
  ];
}

interface CutLine {
  readonly text: string;
  /** Columns of a terminal up to the mark, and of the mark. */
  readonly before: number;
  readonly marked: number;
}

/** One character as a terminal shows it. */
interface Cell {
  readonly text: string;
  readonly columns: number;
}

function cutLine(span: Span, at: Position, width: number): CutLine {
  const line = lineText(span.source, at.line);
  const offset = at.column - 1;
  // A span that goes on in the next lines is marked to the end of its first.
  const before = cellsOf(line.slice(0, offset));
  const inside = cellsOf(
    line.slice(offset, offset + span.end - span.start),
    columnsOf(before),
  );
  const after = cellsOf(
    line.slice(offset + span.end - span.start),
    columnsOf(before) + columnsOf(inside),
  );

  if (columnsOf(before) + columnsOf(inside) + columnsOf(after) <= width) {
    return {
      text: textOf([...before, ...inside, ...after]).trimEnd(),
      before: columnsOf(before),
      marked: Math.max(1, columnsOf(inside)),
    };
  }
  // A third of the line is for what stands before the mark, unless more is left over.
  const shown = firstColumns(inside, Math.max(1, width - 2));
  const left = width - columnsOf(shown) - 2;
  const wanted = Math.max(Math.floor(left / 3), left - columnsOf(after));
  const head = lastColumns(before, wanted);
  const tail = firstColumns(after, left - columnsOf(head));
  const start = head.length < before.length ? '…' : '';
  const isCut = shown.length < inside.length || tail.length < after.length;
  return {
    text: `${start}${textOf([...head, ...shown, ...tail])}${isCut ? '…' : ''}`,
    before: start.length + columnsOf(head),
    marked: Math.max(1, columnsOf(shown)),
  };
}

const tabStop = 4;

/** Tabs become spaces up to the next stop; what would upset a terminal is replaced. */
function cellsOf(text: string, startColumn = 0): Cell[] {
  const cells: Cell[] = [];
  let column = startColumn;
  for (const character of text) {
    let cell: Cell = { text: character, columns: 1 };
    if (character === '\t') {
      const columns = tabStop - (column % tabStop);
      cell = { text: ' '.repeat(columns), columns };
    } else if (
      /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(character)
    ) {
      cell = { text: '\ufffd', columns: 1 };
    } else if (isWide(character)) {
      cell = { text: character, columns: 2 };
    } else if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) {
      cell = { text: character, columns: 0 };
    }
    cells.push(cell);
    column += cell.columns;
  }
  return cells;
}

const isWide = (character: string): boolean =>
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u.test(
    character,
  );

const textOf = (cells: readonly Cell[]): string =>
  cells.map((cell) => cell.text).join('');

const columnsOf = (cells: readonly Cell[]): number =>
  cells.reduce((sum, cell) => sum + cell.columns, 0);

function firstColumns(cells: readonly Cell[], columns: number): Cell[] {
  let left = columns;
  const end = cells.findIndex((cell) => (left -= cell.columns) < 0);
  return cells.slice(0, end === -1 ? cells.length : end);
}

const lastColumns = (cells: readonly Cell[], columns: number): Cell[] =>
  firstColumns(cells.toReversed(), columns).toReversed();

const tones = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

type Tone = keyof typeof tones;
type Paint = (tone: Tone, text: string) => string;

const painter =
  (colour: boolean): Paint =>
  (tone, text) =>
    colour ? `\u001b[${tones[tone][0]}m${text}\u001b[${tones[tone][1]}m` : text;
