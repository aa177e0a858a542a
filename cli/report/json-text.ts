import { floatText } from './number-text.js';

/** JSON that was made elsewhere. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What can be written as JSON; a Float32Array is a list of numbers. */
export type JsonValue =
  | JsonText
  | string
  | number
  | boolean
  | null
  | undefined
  | Float32Array
  | Int32Array
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/**
 * The text of a document. Non-finite numbers are "nan", "inf" and "-inf"; float32 has the
 * fewest digits that read back exactly; -0 keeps its sign. Lists of numbers stand in one line.
 */
export function documentText(value: JsonValue, margin = ''): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number') return numberJson(value, String);
  if (typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof JsonText) return value.text;
  if (value instanceof Float32Array) {
    const numbers = Array.from(value, (each) => numberJson(each, floatText));
    return `[${numbers.join(', ')}]`;
  }
  const inner = `${margin}  `;
  if (isList(value)) {
    const items = Array.from(value, (each) => documentText(each, inner));
    return isFlat(value)
      ? `[${items.join(', ')}]`
      : inLines('[', items, ']', margin);
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(
      ([name, member]) =>
        `${JSON.stringify(name)}: ${documentText(member, inner)}`,
    );
  return members.length === 0 ? '{}' : inLines('{', members, '}', margin);
}

/** The same in one line: texts inside have no line ends of their own. */
export const lineText = (value: JsonValue): string =>
  documentText(value).replaceAll(/\n\s*/g, ' ');

const isList = (
  value: Exclude<JsonValue, string | number | boolean | null | undefined>,
): value is readonly JsonValue[] | Int32Array =>
  Array.isArray(value) || value instanceof Int32Array;

const isFlat = (list: readonly JsonValue[] | Int32Array): boolean =>
  list.length === 0 ||
  list instanceof Int32Array ||
  list.every((each) => typeof each === 'number');

const inLines = (
  open: string,
  parts: readonly string[],
  close: string,
  margin: string,
): string =>
  `${open}\n${parts.map((part) => `${margin}  ${part}`).join(',\n')}\n${margin}${close}`;

function numberJson(value: number, text: (value: number) => string): string {
  if (Number.isNaN(value)) return '"nan"';
  if (!Number.isFinite(value)) return value > 0 ? '"inf"' : '"-inf"';
  return Object.is(value, -0) ? '-0.0' : text(value);
}
