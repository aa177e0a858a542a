import {
  CstParser,
  EOF,
  type IParserConfig,
  type IToken,
  type TokenType,
} from 'chevrotain';

import { codeOf } from './recovery-messages.js';
import {
  type Place,
  type SyntaxFault,
  syntaxFault,
  type SyntaxFaultCode,
  type SyntaxFaultFacts,
  type SyntaxNote,
} from './syntax-errors.js';
import { describe } from './token-names.js';
import {
  Colon,
  Comma,
  Dot,
  Identifier,
  LAngle,
  LBracket,
  LCurly,
  Minus,
  Numeric,
  RAngle,
  RBracket,
  RCurly,
  Semicolon,
  Slash,
  StraySymbol,
  Text,
} from './tokens.js';

const openers: readonly TokenType[] = [LCurly, LAngle, LBracket];
const closers: readonly TokenType[] = [RCurly, RAngle, RBracket];

/**
 * What the rules need to carry on after a mistake: they report it once, skip what belongs
 * to it, and resume where a field plausibly begins. So one mistake makes one diagnostic.
 */
export abstract class TolerantParser extends CstParser {
  private readonly faults: SyntaxFault[] = [];
  /** The opening brackets of the messages and lists around the current token. */
  protected readonly openBrackets: IToken[] = [];
  private text = '';

  protected constructor(
    vocabulary: readonly TokenType[],
    config: IParserConfig,
  ) {
    super([...vocabulary], config);
  }

  /** Readies the parser for the tokens of `text`. */
  load(text: string, tokens: IToken[]): void {
    this.input = tokens;
    this.text = text;
    this.faults.length = 0;
    this.openBrackets.length = 0;
  }

  /** The mistakes of the text that was parsed, in order of discovery. */
  takeFaults(): SyntaxFault[] {
    const recovered = this.errors.map((exception): SyntaxFault => ({
      code: codeOf(exception),
      message: exception.message,
      ...this.placeOf(exception.token),
      notes: [],
    }));
    const starts = new Set(recovered.map(({ start }) => start));
    return [
      ...recovered,
      ...this.faults.filter(({ start }) => !starts.has(start)),
    ];
  }

  /** Reports a mistake at the next token; followers at the same place are dropped. */
  protected fault<Code extends SyntaxFaultCode>(
    code: Code,
    facts: SyntaxFaultFacts<Code>,
    token = this.LA(1),
    notes: readonly SyntaxNote[] = [],
  ): void {
    const place = this.placeOf(token);
    const before = this.faults.at(-1);
    if (before?.start === place.start) return;
    this.faults.push(syntaxFault(code, facts, place, notes));
  }

  /** `expected ..., found <the next token>` */
  protected expected(
    code:
      | 'text/expected-identifier'
      | 'text/expected-token'
      | 'text/expected-value',
    expected: string,
    notes: readonly SyntaxNote[] = [],
  ): void {
    const token = this.LA(1);
    this.fault(code, { expected, found: describe(token) }, token, notes);
  }

  protected openedHere(token: IToken): SyntaxNote {
    return {
      message: `this '${token.image}' is not closed`,
      place: this.placeOf(token),
    };
  }

  /** The end of the text is an empty place. */
  protected placeOf(token: IToken): Place {
    if (token.tokenType === EOF)
      return { start: this.text.length, end: this.text.length };
    return {
      start: token.startOffset,
      end: token.startOffset + token.image.length,
    };
  }

  protected isNext(types: readonly TokenType[], ahead = 1): boolean {
    return types.includes(this.LA(ahead).tokenType);
  }

  /** Whether a line feed stands between the token `ahead` and the one before it. */
  private beginsLine(ahead: number): boolean {
    const before = this.LA(ahead - 1);
    const end =
      before.tokenType === EOF ? 0 : before.startOffset + before.image.length;
    const feed = this.text.lastIndexOf('\n', this.LA(ahead).startOffset);
    return end === 0 || feed >= end;
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

  /**
   * Whether the next token is the value of a field whose colon was left out. A lone
   * identifier is one only at the end of its line, or prose would be fields.
   */
  protected isValueWithoutColon(): boolean {
    const next = this.LA(1);
    if (next.tokenType !== Identifier)
      return (
        this.isOf(next, Text) ||
        this.isOf(next, Numeric) ||
        this.isNext([Minus, LCurly, LAngle, LBracket])
      );
    if (this.isNextField() || this.beginsLine(1)) return false;
    return (
      this.isNext([EOF, RCurly, RAngle, Comma, Semicolon], 2) ||
      this.beginsLine(2)
    );
  }

  protected leaveTo(depth: number): void {
    this.openBrackets.length = depth;
  }

  protected messageDepth(): number {
    return this.openBrackets.filter(({ tokenType }) => tokenType !== LBracket)
      .length;
  }

  /** Whether parsing may go on at the next token after garbage. */
  private isResumePoint(): boolean {
    const { tokenType } = this.LA(1);
    if (tokenType === EOF) return true;
    if (tokenType === RCurly || tokenType === RAngle)
      return this.openBrackets.length > 0;
    if (tokenType === LBracket) return this.beginsLine(1);
    if (tokenType !== Identifier || this.isNext([Dot, Slash], 0)) return false;
    const after = this.LA(2);
    if (after.tokenType === LBracket) return this.beginsLine(1);
    if (this.isNext([Colon, LCurly, LAngle], 2)) return true;
    const value =
      after.image === '=' ||
      [Text, Numeric].some((type) => this.isOf(after, type));
    return value && this.beginsLine(1) && !this.beginsLine(2);
  }

  /** Skips what a mistake made unreadable, bracketed groups as a whole. */
  protected skipToField(): void {
    this.skipOpenedGroup();
    while (!this.isResumePoint()) this.skipOne();
  }

  /** Skips to the comma or the end of the list that the next token is in. */
  protected skipToElement(): void {
    this.skipOpenedGroup();
    while (
      !this.isNext([Comma, RBracket, RCurly, RAngle, EOF]) &&
      !this.isNextField()
    )
      this.skipOne();
  }

  /** Skips the rest of a group whose opening bracket was consumed as garbage. */
  private skipOpenedGroup(): void {
    const before = this.LA(0);
    if (!openers.includes(before.tokenType)) return;
    if (this.openBrackets.at(-1) === before) return;
    this.skipGroup();
    this.SKIP_TOKEN();
  }

  private skipOne(): void {
    if (!this.isNext(openers)) {
      this.SKIP_TOKEN();
      return;
    }
    this.SKIP_TOKEN();
    this.skipGroup();
    this.SKIP_TOKEN();
  }

  /** Skips to the bracket that closes the group whose opening one was just consumed. */
  protected skipGroup(): void {
    for (let depth = 0; !this.isNext([EOF]); this.SKIP_TOKEN()) {
      if (this.isNext(openers)) depth += 1;
      else if (this.isNext(closers)) depth -= 1;
      if (depth < 0) return;
    }
  }

  protected isOf(token: IToken, type: TokenType): boolean {
    return (
      token.tokenType === type ||
      (token.tokenType.CATEGORIES?.includes(type) ?? false)
    );
  }

  /** Advice for the mistakes that other languages teach. */
  protected adviceFor(token: IToken): readonly SyntaxNote[] {
    const before = this.LA(0);
    if (token.tokenType === Slash)
      return [{ message: "comments begin with '#'" }];
    if (token.tokenType === StraySymbol && token.image === '+')
      if (this.isOf(before, Text))
        return [{ message: "adjacent strings are joined without a '+'" }];
    return [];
  }
}
