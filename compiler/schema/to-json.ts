import { isMessage } from './make-message.js';
import type { AnyMessage, Value } from './message.js';
import type { FieldEntry } from './schema-table.js';

export type Json =
  | string
  | number
  | boolean
  | readonly Json[]
  | { readonly [name: string]: Json };

/**
 * A message as protobuf JSON with the names of the proto: what was written, in order of
 * number; 64-bit integers are strings, bytes base64, floats the exact value of the float32.
 */
export function messageToJson(
  message: AnyMessage,
): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    message
      .written()
      .map(({ entry, values }) => [
        entry.name,
        entry.label === 'repeated'
          ? values.map((value) => valueToJson(entry, value))
          : valueToJson(entry, values[0] ?? ''),
      ]),
  );
}

function valueToJson(entry: FieldEntry, value: Value): Json {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : String(value);
  }
  if (typeof value === 'string') {
    return isEnumNumber(entry, value) ? Number(value) : value;
  }
  return isMessage(value) ? messageToJson(value) : base64(value);
}

/** An enum value of which the schema knows no name. */
const isEnumNumber = (entry: FieldEntry, value: string): boolean =>
  entry.type === 'enum' && /^-?\d/.test(value);

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** The text of a JSON value; other than JSON.stringify it keeps the sign of -0. */
export function jsonText(value: Json, indent = 1, margin = ''): string {
  if (typeof value !== 'object') {
    return Object.is(value, -0) ? '-0.0' : JSON.stringify(value);
  }
  const inner = margin + ' '.repeat(indent);
  const isList = isArray(value);
  const parts = isList
    ? value.map((element) => jsonText(element, indent, inner))
    : Object.entries(value).map(
        ([name, element]) =>
          `${JSON.stringify(name)}: ${jsonText(element, indent, inner)}`,
      );
  const [open, close] = isList ? '[]' : '{}';
  return parts.length === 0
    ? `${open}${close}`
    : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}`;
}

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);
