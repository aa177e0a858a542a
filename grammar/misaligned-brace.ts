import type { IToken } from 'chevrotain';

import { LAngle, LCurly, RAngle, RCurly } from './tokens.js';

/** A message whose closing brace is not indented as the line that opens it. */
export interface MisalignedBrace {
  readonly open: IToken;
  readonly close: IToken;
}

/**
 * The first message of a text with a brace too few or too many that looks wrong: braces
 * match up to the end of the file, people look at the indentation.
 */
export function misalignedBrace(
  text: string,
  tokens: readonly IToken[],
): MisalignedBrace | undefined {
  const opened: IToken[] = [];
  for (const token of tokens) {
    const { tokenType } = token;
    if (tokenType === LCurly || tokenType === LAngle) opened.push(token);
    if (tokenType !== RCurly && tokenType !== RAngle) continue;
    const open = opened.pop();
    if (open === undefined) return undefined;
    const indent = indentOf(text, token.startOffset);
    const beginsLine =
      lineStart(text, token.startOffset) + indent.length === token.startOffset;
    if (beginsLine && indent !== indentOf(text, open.startOffset))
      return { open, close: token };
  }
  return undefined;
}

const lineStart = (text: string, offset: number): number =>
  offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;

/** The white space at the beginning of the line around `offset`. */
function indentOf(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}
