import type {
  CstNode,
  IParserConfig,
  IToken,
  ParserMethod,
  TokenType,
} from 'chevrotain';

import { recoveryMessages } from './recovery-messages.js';
import { describe } from './token-names.js';
import {
  Colon,
  Comma,
  Dot,
  Identifier,
  LAngle,
  LBracket,
  LCurly,
  ListStray,
  Minus,
  Numeric,
  RAngle,
  RBracket,
  RCurly,
  Semicolon,
  Slash,
  Stray,
  Text,
  tokens,
} from './tokens.js';
import { TolerantParser } from './tolerant-parser.js';

/** How deep messages may be nested, as in protobuf's binary format. */
export const nestingLimit = 100;

type Rule = ParserMethod<[], CstNode>;

/**
 * The grammar of the text format:
 *
 *     document      = field*
 *     field         = (Identifier | extensionName) (":" value | message | list) [","|";"]
 *     value         = message | list | scalar
 *     message       = "{" field* "}" | "<" field* ">"
 *     list          = "[" [element ("," element)*] "]"
 *     element       = message | scalar
 *     scalar        = Text+ | ["-"] (Numeric | Identifier)
 *     extensionName = "[" Identifier ("." Identifier)* ["/" Identifier ("." Identifier)*] "]"
 *
 * Every rule also has a way through for what is wrong: an alternative that takes what
 * should not be there (`Stray`), or an empty last one that reports what is missing.
 */
export class TextFormatParser extends TolerantParser {
  constructor(config: IParserConfig = {}) {
    super(tokens, {
      recoveryEnabled: true,
      errorMessageProvider: recoveryMessages,
      maxLookahead: 1,
      nodeLocationTracking: 'none',
      ...config,
    });
    this.performSelfAnalysis();
  }

  readonly document: Rule = this.RULE('document', () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.field) },
        { ALT: () => this.SUBRULE(this.stray) },
        { ALT: () => this.SUBRULE(this.strayCloser) },
      ]);
      this.ACTION(() => {
        this.leaveTo(0);
      });
    });
  });

  readonly field: Rule = this.RULE('field', () => {
    this.OR([
      { ALT: () => this.CONSUME(Identifier, { LABEL: 'name' }) },
      { ALT: () => this.SUBRULE(this.extensionName) },
    ]);
    this.OR1([
      {
        ALT: () => {
          this.CONSUME(Colon);
          this.SUBRULE(this.value);
        },
      },
      { ALT: () => this.SUBRULE(this.message) },
      { ALT: () => this.SUBRULE(this.list) },
      {
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          this.ACTION(() => {
            this.missingColon();
          });
          this.OPTION({
            GATE: () => this.isValueWithoutColon(),
            DEF: () => this.SUBRULE1(this.value),
          });
        },
      },
    ]);
    this.OPTION1(() => {
      this.OR2([
        { ALT: () => this.CONSUME(Comma) },
        { ALT: () => this.CONSUME(Semicolon) },
      ]);
    });
  });

  readonly extensionName: Rule = this.RULE('extensionName', () => {
    this.CONSUME(LBracket);
    this.CONSUME(Identifier);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(Dot) },
        { ALT: () => this.CONSUME(Slash) },
      ]);
      this.CONSUME1(Identifier);
    });
    this.CONSUME(RBracket);
  });

  readonly value: Rule = this.RULE('value', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.message) },
      { ALT: () => this.SUBRULE(this.list) },
      {
        GATE: () => !this.isNextField(),
        ALT: () => this.SUBRULE(this.scalar),
      },
      {
        ALT: () => {
          this.ACTION(() => {
            this.missingValue('a value');
          });
        },
      },
    ]);
  });

  readonly message: Rule = this.RULE('message', () => {
    this.OR([
      { ALT: () => this.CONSUME(LCurly, { LABEL: 'open' }) },
      { ALT: () => this.CONSUME(LAngle, { LABEL: 'open' }) },
    ]);
    const depth = this.ACTION(() => this.enter());
    this.MANY(() => {
      this.OR1([
        { ALT: () => this.SUBRULE(this.field) },
        { ALT: () => this.SUBRULE(this.stray) },
      ]);
      this.ACTION(() => {
        this.leaveTo(depth);
      });
    });
    this.ACTION(() => {
      this.checkCloser();
      this.leaveTo(depth - 1);
    });
    this.OPTION(() => {
      this.OR2([
        { ALT: () => this.CONSUME(RCurly, { LABEL: 'close' }) },
        { ALT: () => this.CONSUME(RAngle, { LABEL: 'close' }) },
      ]);
    });
  });

  readonly list: Rule = this.RULE('list', () => {
    this.CONSUME(LBracket);
    const depth = this.ACTION(() => this.enter());
    this.OPTION({
      GATE: () => !this.isNext([RBracket]),
      DEF: () => this.SUBRULE(this.element),
    });
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(Comma);
            this.SUBRULE1(this.element);
          },
        },
        {
          GATE: () => !this.isNextField(),
          ALT: () => this.SUBRULE(this.elementWithoutComma),
        },
        { ALT: () => this.SUBRULE(this.strayInList) },
      ]);
      this.ACTION(() => {
        this.leaveTo(depth);
      });
    });
    this.ACTION(() => {
      this.checkCloser();
      this.leaveTo(depth - 1);
    });
    this.OPTION1(() => this.CONSUME(RBracket));
  });

  readonly element: Rule = this.RULE('element', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.message) },
      {
        GATE: () => !this.isNextField(),
        ALT: () => this.SUBRULE(this.scalar),
      },
      {
        ALT: () => {
          this.ACTION(() => {
            this.missingValue('a value');
          });
        },
      },
    ]);
  });

  readonly scalar: Rule = this.RULE('scalar', () => {
    this.OR([
      { ALT: () => { this.AT_LEAST_ONE(() => this.CONSUME(Text)); } },
      { ALT: () => this.CONSUME(Numeric) },
      { ALT: () => this.CONSUME(Identifier) },
      {
        ALT: () => {
          this.CONSUME(Minus);
          this.OR1([
            { ALT: () => this.CONSUME1(Numeric) },
            {
              GATE: () => !this.isNextField(),
              ALT: () => this.CONSUME1(Identifier),
            },
            {
              ALT: () => {
                this.ACTION(() => {
                  this.missingValue("a number after '-'");
                });
              },
            },
          ]);
        },
      },
    ]);
  });

  /** What stands where a field should begin, and what follows up to the next field. */
  readonly stray: Rule = this.RULE('stray', () => {
    this.ACTION(() => {
      this.expectedField();
    });
    this.CONSUME(Stray);
    this.ACTION(() => {
      this.skipToField();
    });
  });

  /** A closing brace that closes nothing. */
  readonly strayCloser: Rule = this.RULE('strayCloser', () => {
    this.ACTION(() => {
      this.expectedField();
    });
    this.OR([
      { ALT: () => this.CONSUME(RCurly) },
      { ALT: () => this.CONSUME(RAngle) },
    ]);
    this.ACTION(() => {
      this.skipToField();
    });
  });

  readonly elementWithoutComma: Rule = this.RULE('elementWithoutComma', () => {
    this.ACTION(() => {
      this.expected('text/expected-token', "',' or ']'");
    });
    this.OR([
      { ALT: () => this.SUBRULE(this.message) },
      { ALT: () => this.SUBRULE(this.scalar) },
    ]);
  });

  /** What stands between two elements; a semicolon was meant as a comma. */
  readonly strayInList: Rule = this.RULE('strayInList', () => {
    this.ACTION(() => {
      this.expected('text/expected-token', "',' or ']'");
    });
    const stray = this.CONSUME(ListStray);
    this.ACTION(() => {
      if (stray.tokenType !== Semicolon) this.skipToElement();
    });
    this.OPTION({
      GATE: () => stray.tokenType === Semicolon && !this.isNextField(),
      DEF: () => {
        this.OR([
          { ALT: () => this.SUBRULE(this.message) },
          { ALT: () => this.SUBRULE(this.scalar) },
        ]);
      },
    });
  });

  /** Notes the message or list whose opening bracket was just consumed. */
  private enter(): number {
    const open = this.LA(0);
    this.openBrackets.push(open);
    if (open.tokenType !== LBracket && this.messageDepth() > nestingLimit) {
      this.fault('text/nesting-limit', { limit: nestingLimit }, open);
      this.skipGroup();
    }
    return this.openBrackets.length;
  }

  /** Reports a message or list that does not end here as it should. */
  private checkCloser(): void {
    const open = this.openBrackets.at(-1);
    if (open === undefined) return;
    const closer = closerOf(open);
    if (this.LA(1).tokenType === closer.type) return;
    const note = this.openedHere(open);
    if (closer.type === RBracket)
      this.expected('text/expected-token', "',' or ']'", [note]);
    else if (this.isNext([RCurly, RAngle]))
      this.expected('text/expected-token', `'${closer.image}'`, [note]);
    else
      this.expected(
        'text/expected-identifier',
        `a field name or '${closer.image}'`,
        [note],
      );
  }

  private missingColon(): void {
    const name = this.LA(0);
    this.expected(
      'text/expected-token',
      `':' or '{' after ${describe(name)}`,
      this.adviceFor(this.LA(1)),
    );
    if (this.LA(1).image === '=') this.SKIP_TOKEN();
    else if (!this.isValueWithoutColon()) this.skipToField();
  }

  private missingValue(expected: string): void {
    this.expected('text/expected-value', expected);
    if (this.openBrackets.at(-1)?.tokenType === LBracket) this.skipToElement();
    else this.skipToField();
  }

  private expectedField(): void {
    const open = this.openBrackets.at(-1);
    const expected =
      open === undefined
        ? 'a field name'
        : `a field name or '${closerOf(open).image}'`;
    const advice = this.adviceFor(this.LA(1));
    this.expected('text/expected-identifier', expected, advice);
  }
}

function closerOf(open: IToken): { type: TokenType; image: string } {
  switch (open.tokenType) {
    case LCurly:
      return { type: RCurly, image: '}' };
    case LAngle:
      return { type: RAngle, image: '>' };
    default:
      return { type: RBracket, image: ']' };
  }
}
