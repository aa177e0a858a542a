import type { IToken } from 'chevrotain';

import { Lexer } from './chevrotain.js';
import { tokens } from './tokens.js';

/** Positions are offsets only: lines and columns are for people, see `positionAt`. */
export const textFormatLexer = new Lexer([...tokens], {
  positionTracking: 'onlyOffset',
  ensureOptimizations: true,
  // A test builds the same lexer with its validations on.
  skipValidations: true,
});

export interface Lexed {
  readonly tokens: IToken[];
  /** Characters that may not stand where they do, in order; the tokens go on without them. */
  readonly invalid: readonly IToken[];
}

/** Splits a text into tokens; white space and comments are gone. Never fails. */
export function tokenize(text: string): Lexed {
  const { tokens, groups } = textFormatLexer.tokenize(text);
  return { tokens, invalid: groups['invalid'] ?? [] };
}
