import type { NumberForm } from './ast.js';
import { shorten } from './token-names.js';

/** The form and the digits of a well-formed number, see `NumberNode`. */
export interface NumberLiteralParts {
  readonly form: NumberForm;
  readonly text: string;
}

export function readNumber(image: string): NumberLiteralParts {
  if (/^0[xX]/.test(image)) return { form: 'hexadecimal', text: image };
  if (/^0[0-7]+$/.test(image)) return { form: 'octal', text: image };
  if (/^\d+$/.test(image)) return { form: 'decimal', text: image };
  return { form: 'float', text: image.replace(/[fF]$/, '') };
}

/** Which rule a malformed number breaks, in the order of protobuf's tokenizer. */
export function whyNotANumber(image: string): string {
  const hexadecimal = /^0[xX]([\dA-Fa-f]*)(.?)/.exec(image);
  if (hexadecimal !== null) {
    if (hexadecimal[1] === '') return "'0x' needs hexadecimal digits after it";
    return hexadecimal[2] === '.'
      ? 'a hexadecimal number has no point'
      : runsInto(image, /^0[xX][\dA-Fa-f]*/);
  }
  if (/^0[0-7]*[89]/.test(image))
    return 'a leading zero makes it octal, where digits go up to 7';
  if (/^0[0-7]+\./.test(image))
    return 'a leading zero makes it octal, and octal numbers have no point';
  if (/^\d*(?:\.\d*)?[eE][+-]?(?!\d)/.test(image))
    return "'e' needs an exponent";
  const number = /^\d*(?:\.\d*)?(?:[eE][+-]?\d+)?[fF]?/;
  return image.replace(number, '').startsWith('.')
    ? 'a number has one decimal point, and none after its exponent'
    : runsInto(image, number);
}

const runsInto = (image: string, number: RegExp): string =>
  `a space is missing before '${shorten(image.replace(number, ''))}'`;
