import type { CstNode, IParserConfig, ParserMethod } from 'chevrotain';

import { recoveryMessages } from './recovery-messages.js';
import {
  Colon,
  Comma,
  Dot,
  Identifier,
  LBracket,
  ListStray,
  MessageCloser,
  MessageOpener,
  Minus,
  Numeric,
  RBracket,
  Semicolon,
  Separator,
  Slash,
  Stray,
  Text,
  tokens,
} from './tokens.js';
import { TolerantParser } from './tolerant-parser.js';

type Rule = ParserMethod<[], CstNode>;

/**
 * The grammar of the text format:
 *
 *     document      = field*
 *     field         = (Identifier | extensionName) (":" value | message | list) [Separator]
 *     value         = message | list | scalar
 *     message       = "{" field* "}" | "<" field* ">"
 *     list          = "[" [element ("," element)*] "]"
 *     element       = message | scalar
 *     scalar        = Text+ | ["-"] (Numeric | Identifier)
 *     extensionName = "[" Identifier ("." Identifier)* ["/" Identifier ("." Identifier)*] "]"
 *
 * Every rule also has a way through for what is wrong: what must be there is optional, and
 * checked by an action that reports it missing; what may not be there is taken by the rules
 * `stray...`. Value and scalar are written out in the rules that use them: a node of the
 * concrete tree costs more than the rest of its parsing.
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
    });
  });

  readonly field: Rule = this.RULE('field', () => {
    this.OR([
      { ALT: () => this.CONSUME(Identifier, { LABEL: 'name' }) },
      { ALT: () => this.SUBRULE(this.extensionName) },
    ]);
    this.OPTION(() => this.CONSUME(Colon));
    const isValueNext = this.ACTION(() => this.checkValueOfField());
    this.OPTION1({
      GATE: () => isValueNext,
      DEF: () => {
        this.OR1([
          {
            ALT: () => {
              this.texts();
            },
          },
          { ALT: () => this.CONSUME(Numeric) },
          { ALT: () => this.SUBRULE(this.message) },
          { ALT: () => this.CONSUME1(Identifier) },
          {
            ALT: () => {
              this.negative();
            },
          },
          { ALT: () => this.SUBRULE(this.list) },
        ]);
      },
    });
    this.OPTION2(() => this.CONSUME(Separator));
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

  readonly message: Rule = this.RULE('message', () => {
    this.CONSUME(MessageOpener);
    this.ACTION(() => {
      this.enterMessage();
    });
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.field) },
        { ALT: () => this.SUBRULE(this.stray) },
      ]);
    });
    this.ACTION(() => {
      this.leaveMessage();
    });
    this.OPTION(() => this.CONSUME(MessageCloser));
  });

  readonly list: Rule = this.RULE('list', () => {
    this.CONSUME(LBracket);
    this.ACTION(() => {
      this.enterList();
    });
    this.OR([
      { ALT: () => this.CONSUME(RBracket) },
      {
        // A list that lacks both its elements and its end begins like an empty one.
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          this.SUBRULE(this.element);
          this.elements();
          this.ACTION(() => {
            this.checkEndOfList();
          });
          this.OPTION(() => this.CONSUME1(RBracket));
        },
      },
    ]);
    this.ACTION(() => {
      this.leaveList();
    });
  });

  /** All but the first element of a list. */
  private elements(): void {
    this.MANY({
      GATE: () => !this.isNextField(),
      DEF: () => {
        this.OR1([
          {
            ALT: () => {
              this.CONSUME(Comma);
              this.SUBRULE1(this.element);
            },
          },
          { ALT: () => this.SUBRULE(this.elementWithoutComma) },
          { ALT: () => this.SUBRULE(this.strayInList) },
        ]);
      },
    });
  }

  readonly element: Rule = this.RULE('element', () => {
    const isValueNext = this.ACTION(() => this.checkElement());
    this.OPTION({
      GATE: () => isValueNext,
      DEF: () => {
        this.elementForms();
      },
    });
  });

  readonly elementWithoutComma: Rule = this.RULE('elementWithoutComma', () => {
    this.ACTION(() => {
      this.expected('text/expected-token', "',' or ']'");
    });
    this.elementForms();
  });

  /** What may not stand between two elements; a semicolon was meant as a comma. */
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
        this.elementForms();
      },
    });
  });

  private elementForms(): void {
    this.OR([
      { ALT: () => this.CONSUME(Numeric) },
      {
        ALT: () => {
          this.texts();
        },
      },
      { ALT: () => this.SUBRULE(this.message) },
      { ALT: () => this.CONSUME1(Identifier) },
      {
        ALT: () => {
          this.negative();
        },
      },
    ]);
  }

  /** Adjacent string literals. */
  private texts(): void {
    this.CONSUME(Text);
    // Most strings are one literal, and a repetition is dear where it repeats nothing.
    this.OPTION8({
      GATE: () => this.isTextNext(),
      DEF: () => {
        this.MANY8(() => this.CONSUME8(Text));
      },
    });
    this.ACTION(() => {
      this.skipRestOfString();
    });
  }

  /** A sign and what it is the sign of; a comment may stand between the two. */
  private negative(): void {
    this.CONSUME(Minus);
    const isNumberNext = this.ACTION(() => this.checkAfterSign());
    this.OPTION9({
      GATE: () => isNumberNext,
      DEF: () => {
        this.OR9([
          { ALT: () => this.CONSUME9(Numeric) },
          { ALT: () => this.CONSUME9(Identifier) },
        ]);
      },
    });
  }

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
    this.CONSUME(MessageCloser);
    this.ACTION(() => {
      this.skipToField();
    });
  });
}
