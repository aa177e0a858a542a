import type { IParserConfig, IToken, TokenType } from 'chevrotain';

import { EOF } from './chevrotain.js';
import {
  closers,
  LookaheadParser,
  numbers,
  openers,
  texts,
} from './lookahead-parser.js';
import { misalignedBrace } from './misaligned-brace.js';
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
  RAngle,
  RBracket,
  RCurly,
  Slash,
  UnterminatedString,
} from './tokens.js';

/** How deep messages may be nested, as in protobuf's binary format. */
export const nestingLimit = 100;

/** How many tokens may stand in a string over several lines, see `skipRestOfString`. */
const longestBrokenString = 200;

/**
 * What the rules need to carry on after a mistake: they report it once, skip what belongs
 * to it, and resume where a field plausibly begins. So one mistake makes one diagnostic.
 */
export abstract class TolerantParser extends LookaheadParser {
  private faults: SyntaxFault[] = [];
  /** The opening brackets of the messages and lists around the current token. */
  private openBrackets: IToken[] = [];
  /** Set once the rest of the text was skipped: nothing can be said about its end. */
  private gaveUp = false;
  /** The whole text is looked at for it, so it is done once. */
  private isMisalignmentNoted = false;

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
    this.faults = [];
    this.openBrackets = [];
    this.gaveUp = false;
    this.isMisalignmentNoted = false;
  }

  /** The mistakes in the text that was parsed, in order of discovery. */
  takeFaults(): readonly SyntaxFault[] {
    const recovered = this.errors.map((exception): SyntaxFault => ({
      code: codeOf(exception),
      message: exception.message,
      ...this.placeOf(exception.token),
      notes: [],
    }));
    const starts = new Set(recovered.map(({ start }) => start));
    const others = this.faults.filter(({ start }) => !starts.has(start));
    return [...recovered, ...others];
  }

  // What the rules check and report.

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

  protected expectedField(): void {
    const closer = closerOf(this.innermost());
    this.expected(
      'text/expected-identifier',
      closer === undefined ? 'a field name' : `a field name or '${closer}'`,
      this.isNext([RCurly, RAngle]) ? this.misalignment() : this.advice(),
    );
  }

  /**
   * Whether a value comes next, after the name of a field and perhaps a colon. If not, it
   * is reported and what stands there is skipped.
   */
  protected checkValueOfField(): boolean {
    const before = this.LA(0);
    if (before.tokenType === Colon) {
      if (this.isValueNext()) return true;
      const name = this.LA(-1);
      const owner = name.tokenType === Identifier ? ` for '${name.image}'` : '';
      return this.missingValue(`a value${owner}`);
    }
    if (openers.has(this.LA(1).tokenType)) return true;
    this.expected(
      'text/expected-token',
      `':' or '{' after ${describe(before)}`,
      this.advice(),
    );
    if (this.LA(1).image === '=') this.SKIP_TOKEN();
    if (this.isValueWithoutColon()) return true;
    this.skipToField();
    return false;
  }

  /** Likewise for an element of a list. */
  protected checkElement(): boolean {
    const valid = this.isValueNext() && !this.isNext([LBracket]);
    return valid || this.missingValue('a value');
  }

  /** Likewise for what follows a minus sign. */
  protected checkAfterSign(): boolean {
    const next = this.LA(1);
    const valid =
      numbers.has(next.tokenType) ||
      (next.tokenType === Identifier && !this.isNextField());
    return valid || this.missingValue("a number after '-'");
  }

  /** Notes the message whose opening brace was just consumed. */
  protected enterMessage(): void {
    const open = this.LA(0);
    this.openBrackets.push(open);
    if (this.openBrackets.length <= nestingLimit) return;
    const messages = this.openBrackets.filter((bracket) => !isList(bracket));
    if (messages.length <= nestingLimit) return;
    this.fault('text/nesting-limit', { limit: nestingLimit }, open);
    this.skipGroup();
    this.gaveUp = this.isNext([EOF]);
  }

  /** Reports a message that does not end here as it should. */
  protected leaveMessage(): void {
    const open = this.openBrackets.pop();
    if (open === undefined) return;
    const closer = closerOf(open) ?? '';
    const { image } = this.LA(1);
    if (image === closer) return;
    const notes = [this.openedHere(open)];
    if (this.isNext([RCurly, RAngle]))
      this.expected('text/expected-token', `'${closer}'`, notes);
    else
      this.expected('text/expected-identifier', `a field name or '${closer}'`, [
        ...notes,
        ...this.misalignment(),
      ]);
  }

  /** Notes the list whose opening bracket was just consumed. */
  protected enterList(): void {
    this.openBrackets.push(this.LA(0));
  }

  /** Reports a list that does not end here as it should. */
  protected checkEndOfList(): void {
    const open = this.innermost();
    if (open !== undefined && !this.isNext([RBracket]))
      this.expected('text/expected-token', "',' or ']'", [
        this.openedHere(open),
      ]);
  }

  protected leaveList(): void {
    this.openBrackets.pop();
  }

  /**
   * Skips the lines of a string that was written over several: up to a quote at the end of
   * a line, unless a field begins before.
   */
  protected skipRestOfString(): void {
    const broken = this.LA(0);
    if (broken.tokenType !== UnterminatedString) return;
    const quote = broken.image.slice(0, 1);
    for (let ahead = 1; ahead < longestBrokenString; ahead += 1) {
      const { tokenType, image } = this.LA(ahead);
      if (tokenType === EOF || this.beginsField(ahead)) return;
      if (tokenType === UnterminatedString && image === quote) {
        for (let skipped = 0; skipped < ahead; skipped += 1) this.SKIP_TOKEN();
        return;
      }
    }
  }

  /** Skips to where a field plausibly begins or a message ends; groups as a whole. */
  protected skipToField(): void {
    this.skipOpenedGroup();
    while (!this.isResumePoint()) this.skipOne();
  }

  /** Skips to the comma or the end of the list that the next token is in. */
  protected skipToElement(): void {
    this.skipOpenedGroup();
    const ends = [Comma, RBracket, RCurly, RAngle, EOF];
    while (!this.isNext(ends) && !this.isNextField()) this.skipOne();
  }

  /** Whether parsing may go on at the next token after garbage. */
  private isResumePoint(): boolean {
    const { tokenType } = this.LA(1);
    if (tokenType === EOF) return true;
    if (tokenType === RCurly || tokenType === RAngle)
      return this.openBrackets.length > 0;
    if (tokenType === LBracket) return this.beginsLine(1);
    if (tokenType !== Identifier || this.isNext([Dot, Slash], 0)) return false;
    if (this.isNext([Colon, LCurly, LAngle], 2)) return true;
    if (!this.beginsLine(1)) return false;
    const after = this.LA(2);
    if (after.tokenType === LBracket) return true;
    const { tokenType: type, image } = after;
    const value = image === '=' || texts.has(type) || numbers.has(type);
    return value && !this.beginsLine(2);
  }

  private innermost(): IToken | undefined {
    return this.openBrackets.at(-1);
  }

  // Reporting and skipping.

  /** Reports a mistake at `token`; followers at the same place are dropped. */
  private fault<Code extends SyntaxFaultCode>(
    code: Code,
    facts: SyntaxFaultFacts<Code>,
    token: IToken,
    notes: readonly SyntaxNote[] = [],
  ): void {
    const place = this.placeOf(token);
    if (this.gaveUp || this.faults.at(-1)?.start === place.start) return;
    this.faults.push(syntaxFault(code, facts, place, notes));
  }

  private missingValue(expected: string): false {
    this.expected('text/expected-value', expected);
    const open = this.innermost();
    if (open !== undefined && isList(open)) this.skipToElement();
    else this.skipToField();
    return false;
  }

  private openedHere(token: IToken): SyntaxNote {
    return {
      message: `'${token.image}' was opened here`,
      place: this.placeOf(token),
    };
  }

  /** Where braces do not match the indentation, if one of them is wrong. */
  private misalignment(): readonly SyntaxNote[] {
    if (this.isMisalignmentNoted) return [];
    this.isMisalignmentNoted = true;
    const found = misalignedBrace(this.text, this.input);
    if (found === undefined) return [];
    const { open, close } = found;
    const line = this.text.slice(0, open.startOffset).split('\n').length;
    const message = `this '${close.image}' closes the '${open.image}' of line ${line}, which is indented otherwise`;
    return [{ message, place: this.placeOf(close) }];
  }

  /** Advice for the mistakes that other languages teach. */
  private advice(): readonly SyntaxNote[] {
    const { image } = this.LA(1);
    if (image === '/') return [{ message: "comments begin with '#'" }];
    if (image === '+' && texts.has(this.LA(0).tokenType))
      return [{ message: "adjacent strings are joined without a '+'" }];
    return [];
  }

  /** The end of the text is an empty place. */
  private placeOf(token: IToken): Place {
    const end = this.text.length;
    if (token.tokenType === EOF) return { start: end, end };
    const start = token.startOffset;
    return { start, end: start + token.image.length };
  }

  private skipOne(): void {
    const isOpener = openers.has(this.LA(1).tokenType);
    this.SKIP_TOKEN();
    if (isOpener) this.skipRestOfGroup();
  }

  /** Skips the rest of a group whose opening bracket was consumed as garbage. */
  private skipOpenedGroup(): void {
    const before = this.LA(0);
    const isGarbage =
      openers.has(before.tokenType) && this.innermost() !== before;
    if (isGarbage) this.skipRestOfGroup();
  }

  private skipRestOfGroup(): void {
    this.skipGroup();
    this.gaveUp ||= this.isNext([EOF]);
    this.SKIP_TOKEN();
  }

  /** Skips to the bracket that closes the group whose opening one was just consumed. */
  private skipGroup(): void {
    for (let depth = 0; !this.isNext([EOF]); this.SKIP_TOKEN()) {
      if (openers.has(this.LA(1).tokenType)) depth += 1;
      else if (closers.has(this.LA(1).tokenType)) depth -= 1;
      if (depth < 0) return;
    }
  }
}

const closerImages: Readonly<Record<string, string>> = {
  '{': '}',
  '<': '>',
  '[': ']',
};

const closerOf = (open: IToken | undefined): string | undefined =>
  open === undefined ? undefined : closerImages[open.image];

const isList = (open: IToken): boolean => open.tokenType === LBracket;
