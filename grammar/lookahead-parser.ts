import type { TokenType } from 'chevrotain';

import { CstParser, EOF } from './chevrotain.js';
import {
  Colon,
  CurlyString,
  Identifier,
  LAngle,
  LBracket,
  LCurly,
  MalformedNumber,
  Minus,
  NumberLiteral,
  RAngle,
  RBracket,
  RCurly,
  StringLiteral,
  UnterminatedString,
} from './tokens.js';

type TokenTypes = ReadonlySet<TokenType>;

export const openers: TokenTypes = new Set([LCurly, LAngle, LBracket]);
export const closers: TokenTypes = new Set([RCurly, RAngle, RBracket]);
export const texts: TokenTypes = new Set([
  StringLiteral,
  UnterminatedString,
  CurlyString,
]);
export const numbers: TokenTypes = new Set([NumberLiteral, MalformedNumber]);
/** What begins a value, but for identifiers, which may begin a field as well. */
export const valueStarts: TokenTypes = new Set([
  ...openers,
  ...texts,
  ...numbers,
  Minus,
]);

/** What the rules ask about the tokens ahead. */
export abstract class LookaheadParser extends CstParser {
  /** The text that the tokens are of. */
  protected text = '';

  protected isTextNext(): boolean {
    return texts.has(this.LA(1).tokenType);
  }

  /**
   * Whether the next identifier is a field's name rather than a value: `name` in
   * `type: name: "x"`, and `layer` in `name:` when `layer {` begins the next line.
   */
  protected isNextField(): boolean {
    if (this.LA(1).tokenType !== Identifier) return false;
    const after = this.LA(2).tokenType;
    if (after === Colon) return true;
    return (after === LCurly || after === LAngle) && this.beginsLine(1);
  }

  protected isValueNext(): boolean {
    const { tokenType } = this.LA(1);
    return tokenType === Identifier
      ? !this.isNextField()
      : valueStarts.has(tokenType);
  }

  /**
   * Whether the next token is the value of a field whose colon was left out. An identifier
   * is one only at the end of its line, or prose would be fields.
   */
  protected isValueWithoutColon(): boolean {
    if (!this.isValueNext()) return false;
    if (this.LA(1).tokenType !== Identifier) return true;
    if (this.beginsLine(1)) return false;
    return this.isNext([EOF, RCurly, RAngle], 2) || this.beginsLine(2);
  }

  /** Whether a line begins with a field at the token `ahead`. */
  protected beginsField(ahead: number): boolean {
    return (
      this.LA(ahead).tokenType === Identifier &&
      this.isNext([Colon, LCurly, LAngle], ahead + 1) &&
      this.beginsLine(ahead)
    );
  }

  /** Whether a line feed stands between the token `ahead` and the one before it. */
  protected beginsLine(ahead: number): boolean {
    const before = this.LA(ahead - 1);
    if (before.tokenType === EOF) return true;
    const end = before.startOffset + before.image.length;
    const start = this.LA(ahead).startOffset;
    return this.text.slice(end, start).includes('\n');
  }

  protected isNext(types: readonly TokenType[], ahead = 1): boolean {
    return types.includes(this.LA(ahead).tokenType);
  }
}
