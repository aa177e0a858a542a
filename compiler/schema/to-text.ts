import { encodeText } from '../../grammar/text-encoding.js';

import { isMessage } from './make-message.js';
import type { AnyMessage, Value } from './message.js';
import type { FieldEntry } from './schema-table.js';

/**
 * A message as protobuf's printer writes it, and Caffe its text files: what was written,
 * in order of number, two spaces a level.
 */
export function messageToText(message: AnyMessage): string {
  const lines: string[] = [];
  printMessage(message, '', lines);
  return lines.join('');
}

function printMessage(
  message: AnyMessage,
  margin: string,
  lines: string[],
): void {
  for (const { entry, values } of message.written()) {
    for (const value of values) {
      if (typeof value === 'object' && isMessage(value)) {
        lines.push(`${margin}${entry.name} {\n`);
        printMessage(value, `${margin}  `, lines);
        lines.push(`${margin}}\n`);
      } else {
        lines.push(`${margin}${entry.name}: ${scalarText(entry, value)}\n`);
      }
    }
  }
}

function scalarText(
  entry: FieldEntry,
  value: Exclude<Value, AnyMessage>,
): string {
  if (typeof value === 'number') return numberText(entry, value);
  if (typeof value === 'bigint' || typeof value === 'boolean') {
    return String(value);
  }
  if (typeof value !== 'string') return quoted(value);
  return entry.type === 'enum' ? value : quoted(encodeText(value));
}

const smallestNormalFloat = 2 ** -126;

function numberText(entry: FieldEntry, value: number): string {
  switch (entry.type) {
    case 'float':
      // The C library calls what is below the normal floats out of range.
      return Math.abs(value) < smallestNormalFloat && value !== 0
        ? generalText(value, 9)
        : floatText(value, [6, 9], Math.fround);
    case 'double':
      return floatText(value, [15, 17], (read) => read);
    default:
      return String(value);
  }
}

/** With the lesser number of digits if that reads back to the same value. */
function floatText(
  value: number,
  [few, enough]: readonly [number, number],
  read: (value: number) => number,
): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const short = generalText(value, few);
  return read(Number(short)) === value ? short : generalText(value, enough);
}

/** C's `%.<digits>g`. */
export function generalText(value: number, digits: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', exponent = ''] = halfToEven(
    Math.abs(value),
    digits,
  ).split('e');
  const power = Number(exponent);
  const figures = mantissa.replace('.', '').replace(/0+$/, '');
  const sign = value < 0 ? '-' : '';
  if (power < -4 || power >= digits) {
    const tail = figures.length > 1 ? `.${figures.slice(1)}` : '';
    const size = String(Math.abs(power)).padStart(2, '0');
    return `${sign}${figures.slice(0, 1)}${tail}e${power < 0 ? '-' : '+'}${size}`;
  }
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${figures}`;
  const whole = figures.slice(0, power + 1).padEnd(power + 1, '0');
  const rest = figures.slice(power + 1);
  return `${sign}${whole}${rest === '' ? '' : `.${rest}`}`;
}

/** `toExponential` rounds a tie up, C to the even digit. */
function halfToEven(value: number, digits: number): string {
  const exact = value.toExponential(60);
  const kept = exact.slice(0, digits + 1);
  const isTie = /^50*e/.test(exact.slice(digits + 1));
  return isTie && Number(kept.at(-1)) % 2 === 0
    ? `${kept}${exact.slice(exact.indexOf('e'))}`
    : value.toExponential(digits - 1);
}

const escapes: Readonly<Record<number, string>> = {
  0x09: '\\t',
  0x0a: '\\n',
  0x0d: '\\r',
  0x22: '\\"',
  0x27: "\\'",
  0x5c: '\\\\',
};

function quoted(bytes: Uint8Array): string {
  let text = '"';
  for (const byte of bytes) {
    text +=
      escapes[byte] ??
      (byte < 0x20 || byte > 0x7e
        ? `\\${byte.toString(8).padStart(3, '0')}`
        : String.fromCharCode(byte));
  }
  return `${text}"`;
}
