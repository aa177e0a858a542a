import { type SyntaxFault, syntaxFault } from './syntax-errors.js';
import {
  decodeText,
  encodeText,
  hasLoneSurrogate,
  utf8Of,
} from './text-encoding.js';

/*
 * The escapes of protobuf's tokenizer: \a \b \f \n \r \t \v \\ \? \' \", one to three octal
 * digits (modulo 256), \x with one or two hexadecimal digits, \u with four, \U with eight.
 * Octal and \x give bytes, \u and \U characters.
 */

const escapes =
  /\\(?:(?<simple>[abfnrtv\\?'"])|(?<octal>[0-7]{1,3})|x(?<hex>[\dA-Fa-f]{1,2})|(?:u|U0000)(?<head>[dD][89ABab][\dA-Fa-f]{2})\\u(?<trail>[dD][C-Fc-f][\dA-Fa-f]{2})|u(?<four>[\dA-Fa-f]{4})|U(?<eight>00[01][\dA-Fa-f]{5})|(?<wrong>x|u[\dA-Fa-f]{0,3}|U[\dA-Fa-f]{0,8}|[^]|$))/g;

const simpleEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** A literal as it was written, quotes included, and where. */
export interface WrittenLiteral {
  readonly image: string;
  readonly start: number;
  /** Whether the closing quote is there. */
  readonly terminated: boolean;
}

/** The value of adjacent literals; wrong escapes are reported and stay as written. */
export function valueOfLiterals(
  literals: readonly WrittenLiteral[],
  report: (fault: SyntaxFault) => void,
): string {
  let value = '';
  let escaped = literals.length > 1;
  for (const { image, start, terminated } of literals) {
    const content = image.slice(1, terminated ? -1 : undefined);
    if (content.includes('\\')) {
      escaped = true;
      value += resolveEscapes(content, start + 1, report);
    } else {
      value += content;
    }
  }
  // Bytes of several escapes or literals may make up one character.
  return escaped && hasLoneSurrogate(value)
    ? decodeText(encodeText(value))
    : value;
}

function resolveEscapes(
  content: string,
  start: number,
  report: (fault: SyntaxFault) => void,
): string {
  let value = '';
  let done = 0;
  for (const match of content.matchAll(escapes)) {
    value += content.slice(done, match.index);
    done = match.index + match[0].length;
    const { simple, octal, hex, head, trail, four, eight } = match.groups ?? {};
    if (simple !== undefined) value += simpleEscapes[simple] ?? simple;
    else if (octal !== undefined) value += byte(parseInt(octal, 8) & 0xff);
    else if (hex !== undefined) value += byte(parseInt(hex, 16));
    else if (head !== undefined && trail !== undefined)
      value += String.fromCharCode(parseInt(head, 16), parseInt(trail, 16));
    else if (four !== undefined) value += character(parseInt(four, 16));
    else if (eight !== undefined) value += character(parseInt(eight, 16));
    else {
      value += match[0];
      const at = start + match.index;
      report(
        syntaxFault(
          'text/invalid-escape',
          { escape: match[0], rule: ruleBroken(match[0]) },
          { start: at, end: at + match[0].length },
        ),
      );
    }
  }
  return value + content.slice(done);
}

/** A byte that is not ASCII stands as a lone surrogate, see text-encoding.ts. */
const byte = (code: number): string =>
  String.fromCharCode(code < 0x80 ? code : 0xdc00 + code);

function character(code: number): string {
  // What Unicode does not have, protobuf leaves in the string as it was written.
  if (code > 0x10ffff) return `\\U${code.toString(16).padStart(8, '0')}`;
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  return surrogate
    ? utf8Of(code).map(byte).join('')
    : String.fromCodePoint(code);
}

function ruleBroken(escape: string): string {
  switch (escape[1]) {
    case 'x':
      return '\\x needs one or two hexadecimal digits';
    case 'X':
      return 'hexadecimal escapes begin with a small \\x';
    case 'u':
      return '\\u needs four hexadecimal digits';
    case 'U':
      return '\\U needs eight hexadecimal digits of at most 0010ffff';
    case undefined:
      return 'a string does not go on over the end of a line';
    default:
      return 'a backslash itself is written \\\\';
  }
}

const plain = { '"': /[^"\\\n\0]*/y, "'": /[^'\\\n\0]*/y };

/**
 * Matches a string with both its quotes. Not a single regular expression: that one needs
 * a stack as deep as the string has escapes.
 */
export function matchString(text: string, offset: number): [string] | null {
  const quote = text[offset];
  if (quote !== '"' && quote !== "'") return null;
  const characters = plain[quote];
  for (let at = offset + 1; ; at += 2) {
    characters.lastIndex = at;
    characters.test(text);
    at = characters.lastIndex;
    if (text[at] === quote) return [text.slice(offset, at + 1)];
    const escaped = text[at] === '\\' ? text[at + 1] : undefined;
    if (escaped === undefined || escaped === '\n' || escaped === '\0')
      return null;
  }
}

/**
 * Matches a string without its closing quote: the rest of the line, and of the next where
 * a backslash was meant to continue it. Braces that close messages at the end of the line
 * (`{ name: "x }`) are left out, so that forgetting the quote does not leave them open.
 */
export function matchBrokenString(
  text: string,
  offset: number,
): [string] | null {
  const quote = text[offset];
  if (quote !== '"' && quote !== "'") return null;
  let end = lineEnd(text, offset);
  while (end < text.length && text[end - 1] === '\\') {
    const close = text.indexOf(quote, end);
    const next = lineEnd(text, end + 1);
    if (close !== -1 && close < next) return [text.slice(offset, close + 1)];
    end = next;
  }
  // A closing quote whose opening one was forgotten.
  const rest = tail(text, offset, end);
  if (end - offset < tailLength && /^[\s\]}>,;]*$/.test(rest)) return [quote];
  const braces = /(?:[ \t\r]+[}>])*[ \t\r]*$/.exec(rest);
  return [text.slice(offset, end - (braces?.[0].length ?? 0))];
}

function lineEnd(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  return feed === -1 ? text.length : feed;
}

/** Braces are looked for in this much of a line. */
const tailLength = 64;

const tail = (text: string, start: number, end: number): string =>
  text.slice(Math.max(start + 1, end - tailLength), end);
