import type { TokenType } from 'chevrotain';

import { createToken, Lexer } from './chevrotain.js';
import { matchBrokenString, matchString } from './string-literal.js';

/*
 * The tokens of the text format, with the character classes of protobuf's own tokenizer:
 * identifiers are ASCII, a number may not run into a letter or a point, a comment ends at
 * a line feed only. What cannot be right is a token too (`MalformedNumber`,
 * `UnterminatedString`, `StraySymbol`), so that the lexer never fails and the parser can say
 * what it found.
 */

/** What cannot begin a field. */
export const Stray = createToken({ name: 'Stray', pattern: Lexer.NA });

/** What can stand between two elements of a list by mistake. */
export const ListStray = createToken({ name: 'ListStray', pattern: Lexer.NA });

/** What opens a message. */
export const MessageOpener = createToken({
  name: 'MessageOpener',
  pattern: Lexer.NA,
  categories: [Stray],
});

/** What closes a message. */
export const MessageCloser = createToken({
  name: 'MessageCloser',
  pattern: Lexer.NA,
});

/** What may follow a field. */
export const Separator = createToken({
  name: 'Separator',
  pattern: Lexer.NA,
  categories: [Stray],
});

/** One string literal, well formed or not. */
export const Text = createToken({
  name: 'Text',
  pattern: Lexer.NA,
  categories: [Stray],
});

/** An unsigned number, well formed or not. */
export const Numeric = createToken({
  name: 'Numeric',
  pattern: Lexer.NA,
  categories: [Stray],
});

export const WhiteSpace = createToken({
  name: 'WhiteSpace',
  pattern: /[ \t\n\r\v\f]+/,
  group: Lexer.SKIPPED,
});

export const Comment = createToken({
  name: 'Comment',
  pattern: /#[^\n\0]*/,
  group: Lexer.SKIPPED,
});

export const Identifier = createToken({
  name: 'Identifier',
  pattern: /[A-Za-z_]\w*/,
});

/** Hexadecimal, octal, or decimal with a point, an exponent, an `f`. */
export const NumberLiteral = createToken({
  name: 'NumberLiteral',
  pattern:
    /(?:0[xX][\dA-Fa-f]+|0[0-7]+|(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?[fF]?)(?![\w.])/,
  categories: [Numeric],
});

/**
 * Begins like a number and is none: `0x`, `08`, `1.5.2`, `100_000`. A field name that
 * follows without a space (`1input_dim:`) is left for the next token.
 */
export const MalformedNumber = createToken({
  name: 'MalformedNumber',
  pattern: /\d+(?=[A-Za-z_]\w*[ \t]*[:{<])|\.?\d(?:[eE][+-]|[\w.])*/,
  categories: [Numeric],
});

/** Escapes are checked when they are resolved, see string-literal.ts. */
export const StringLiteral = createToken({
  name: 'StringLiteral',
  pattern: matchString,
  start_chars_hint: ['"', "'"],
  line_breaks: false,
  categories: [Text],
});

/** Up to the end of the line, but for closing braces there, see `matchBrokenString`. */
export const UnterminatedString = createToken({
  name: 'UnterminatedString',
  pattern: matchBrokenString,
  start_chars_hint: ['"', "'"],
  line_breaks: true,
  categories: [Text],
});

/** A string in typographic quotes, as word processors make them. */
export const CurlyString = createToken({
  name: 'CurlyString',
  pattern: /[\u2018\u201c\u201e][^\n\0\u2018-\u201f"']*[\u2018-\u201f"']/,
  categories: [Text],
});

export const Colon = createToken({
  name: 'Colon',
  pattern: ':',
  categories: [Stray, ListStray],
});
export const Comma = createToken({
  name: 'Comma',
  pattern: ',',
  categories: [Separator],
});
export const Semicolon = createToken({
  name: 'Semicolon',
  pattern: ';',
  categories: [Separator, ListStray],
});
export const Minus = createToken({
  name: 'Minus',
  pattern: '-',
  categories: [Stray],
});
export const Dot = createToken({
  name: 'Dot',
  pattern: '.',
  categories: [Stray, ListStray],
});
export const Slash = createToken({
  name: 'Slash',
  pattern: '/',
  categories: [Stray, ListStray],
});
export const LCurly = createToken({
  name: 'LCurly',
  pattern: '{',
  categories: [MessageOpener],
});
export const RCurly = createToken({
  name: 'RCurly',
  pattern: '}',
  categories: [MessageCloser],
});
export const LAngle = createToken({
  name: 'LAngle',
  pattern: '<',
  categories: [MessageOpener],
});
export const RAngle = createToken({
  name: 'RAngle',
  pattern: '>',
  categories: [MessageCloser],
});
export const LBracket = createToken({
  name: 'LBracket',
  pattern: '[',
  categories: [ListStray],
});
export const RBracket = createToken({
  name: 'RBracket',
  pattern: ']',
  categories: [Stray],
});

/** A printable ASCII character that the format has no use for. */
export const StraySymbol = createToken({
  name: 'StraySymbol',
  pattern: /[!$%&()*+=?@\\^`|~\x7f]/,
  categories: [Stray, ListStray],
});

/** Kept apart from the tokens: reported, and otherwise as if it were not there. */
export const ByteOrderMark = createToken({
  name: 'ByteOrderMark',
  pattern: /\ufeff/,
  group: 'invalid',
});

/** Control characters and all that is not ASCII, outside strings and comments. */
export const InvalidCharacters = createToken({
  name: 'InvalidCharacters',
  pattern: /[\0-\x08\x0e-\x1f\x80-\uffff]+/,
  group: 'invalid',
});

/** In the order in which the lexer tries them. */
export const tokens: readonly TokenType[] = [
  WhiteSpace,
  Identifier,
  StringLiteral,
  Colon,
  LCurly,
  RCurly,
  NumberLiteral,
  MalformedNumber,
  Comment,
  UnterminatedString,
  CurlyString,
  Comma,
  Semicolon,
  Minus,
  Dot,
  Slash,
  LAngle,
  RAngle,
  LBracket,
  RBracket,
  StraySymbol,
  ByteOrderMark,
  InvalidCharacters,
  Stray,
  ListStray,
  MessageOpener,
  MessageCloser,
  Separator,
  Text,
  Numeric,
];
