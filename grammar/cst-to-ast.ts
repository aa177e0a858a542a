import type { IToken } from 'chevrotain';

import {
  type DocumentNode,
  type FieldNode,
  type IdentifierNode,
  isMissing,
  type ListNode,
  type MessageNode,
  type NameNode,
  type NumberNode,
  type ScalarNode,
  type StringNode,
  type ValueNode,
} from './ast.js';
import type {
  DocumentCstChildren,
  DocumentCstNode,
  ElementCstChildren,
  ElementWithoutCommaCstChildren,
  ExtensionNameCstChildren,
  FieldCstChildren,
  FieldCstNode,
  ListCstChildren,
  MessageCstChildren,
  StrayInListCstChildren,
  TextFormatVisitor,
} from './cst.js';
import { readNumber, whyNotANumber } from './number-literal.js';
import { TextFormatParser } from './parser.js';
import type { Source, Span } from './source.js';
import { valueOfLiterals } from './string-literal.js';
import { type SyntaxFault, syntaxFault } from './syntax-errors.js';
import { shorten } from './token-names.js';
import { CurlyString, MalformedNumber, UnterminatedString } from './tokens.js';

/** The one parser; building it analyses the grammar, so it is built once. */
export const textFormatParser = new TextFormatParser({
  // A test builds the same parser with its validations on.
  skipValidations: true,
});

type Element = ScalarNode | MessageNode;

/** The children that make up a scalar, of whatever rule. */
type ScalarCstChildren = Pick<ElementCstChildren, 'Text' | 'Numeric' | 'Minus'>;

const BaseVisitor = textFormatParser.getBaseCstVisitorConstructor<
  undefined,
  unknown
>();

/**
 * Builds the syntax tree. What only the written form of a value can show is checked here:
 * escapes, the digits of numbers, and lists without a colon.
 */
class AstBuilder
  extends BaseVisitor
  implements TextFormatVisitor<undefined, unknown>
{
  private readonly source: Source;
  private readonly report: (fault: SyntaxFault) => void;

  constructor(source: Source, report: (fault: SyntaxFault) => void) {
    super();
    this.source = source;
    this.report = report;
  }

  document(children: DocumentCstChildren): DocumentNode {
    return {
      kind: 'document',
      span: this.span(0, this.source.text.length),
      fields: this.fields(children.field),
    };
  }

  field(children: FieldCstChildren): FieldNode | undefined {
    const name = this.name(children);
    if (name === undefined) return undefined;
    const colon = children.Colon?.[0];
    const value = this.valueOfField(children, colon, name);
    return {
      kind: 'field',
      span: this.span(name.span.start, value.span.end),
      name,
      colon: colon !== undefined,
      value,
    };
  }

  /** Recovery may have left the name at any place. */
  extensionName(children: Partial<ExtensionNameCstChildren>): NameNode {
    const { Dot, Identifier, LBracket, RBracket, Slash } = children;
    const parts = [Identifier, Dot, Slash]
      .flatMap((tokens) => tokens ?? [])
      .filter(isWritten)
      .sort((a, b) => a.startOffset - b.startOffset);
    const open = LBracket?.[0];
    const last = [open, ...parts, RBracket?.[0]]
      .filter((token) => token !== undefined)
      .findLast(isWritten);
    return {
      kind: 'name',
      span: this.span(open?.startOffset ?? 0, endOf(last)),
      text: parts.map(({ image }) => image).join(''),
      extension: true,
    };
  }

  message(children: MessageCstChildren): MessageNode {
    const open = children.MessageOpener[0];
    const close = children.MessageCloser?.[0];
    const fields = this.fields(children.field);
    const start = open?.startOffset ?? 0;
    // Without a closing brace the message goes on to the end of the text.
    const end = close === undefined ? this.source.text.length : endOf(close);
    return { kind: 'message', span: this.span(start, end), fields };
  }

  list(children: ListCstChildren): ListNode {
    const open = children.LBracket[0];
    const commas = children.Comma ?? [];
    const written = children.element ?? [];
    // The first element has no comma before it, unless it was left out.
    const before = written.length > commas.length ? [open, ...commas] : commas;
    const elements = [
      ...written.map(
        ({ children }, index) =>
          this.element(children) ?? this.missing(endOf(before[index]), false),
      ),
      ...(children.elementWithoutComma ?? []).map(({ children }) =>
        this.elementWithoutComma(children),
      ),
      ...(children.strayInList ?? []).map(({ children }) =>
        this.strayInList(children),
      ),
    ].filter((element) => element !== undefined);
    if (elements.length > written.length)
      elements.sort((a, b) => a.span.start - b.span.start);
    const end = Math.max(
      endOf(open),
      endOf(children.RBracket?.[0]),
      elements.at(-1)?.span.end ?? 0,
    );
    return {
      kind: 'list',
      span: this.span(open?.startOffset ?? 0, end),
      elements: this.ofOneKind(elements),
    };
  }

  element(children: ElementCstChildren): Element | undefined {
    const message = children.message?.[0];
    if (message !== undefined) return this.message(message.children);
    return this.scalar(children, children.Identifier?.[0]);
  }

  elementWithoutComma(
    children: ElementWithoutCommaCstChildren,
  ): Element | undefined {
    return this.element(children);
  }

  strayInList(children: StrayInListCstChildren): Element | undefined {
    return this.element(children);
  }

  stray(): undefined {
    return undefined;
  }

  strayCloser(): undefined {
    return undefined;
  }

  private fields(nodes: readonly FieldCstNode[] = []): readonly FieldNode[] {
    const fields: FieldNode[] = [];
    for (const { children } of nodes) {
      const field = this.field(children);
      if (field !== undefined) fields.push(field);
    }
    return fields;
  }

  private name(children: FieldCstChildren): NameNode | undefined {
    const extension = children.extensionName?.[0];
    if (extension !== undefined) return this.extensionName(extension.children);
    const token = children.name?.[0];
    if (token === undefined) return undefined;
    return {
      kind: 'name',
      span: this.spanOf(token),
      text: token.image,
      extension: false,
    };
  }

  private valueOfField(
    children: FieldCstChildren,
    colon: IToken | undefined,
    name: NameNode,
  ): ValueNode {
    const message = children.message?.[0];
    if (message !== undefined) return this.message(message.children);
    const list = children.list?.[0];
    if (list !== undefined) {
      const node = this.list(list.children);
      if (colon === undefined) this.checkListWithoutColon(node);
      return node;
    }
    const from = colon === undefined ? name.span.end : endOf(colon);
    const scalar = this.scalar(children, children.Identifier?.[0]);
    return scalar ?? this.missing(from, false);
  }

  private scalar(
    children: ScalarCstChildren,
    identifier: IToken | undefined,
  ): ScalarNode | undefined {
    if (children.Text !== undefined) return this.string(children.Text);
    const sign = children.Minus?.[0];
    const number = children.Numeric?.[0];
    if (number !== undefined) return this.number(number, sign);
    if (identifier !== undefined)
      return {
        kind: 'identifier',
        span: this.span((sign ?? identifier).startOffset, endOf(identifier)),
        negative: sign !== undefined,
        text: identifier.image,
      };
    return sign === undefined ? undefined : this.missing(endOf(sign), true);
  }

  private checkListWithoutColon(list: ListNode): void {
    const first = list.elements[0];
    if (first === undefined || first.kind === 'message' || isMissing(first))
      return;
    const { start } = list.span;
    this.report(
      syntaxFault(
        'text/expected-token',
        { expected: "':' before a list of scalars", found: "'['" },
        { start, end: start + 1 },
      ),
    );
  }

  /** A list that begins with a message may hold messages only. */
  private ofOneKind(
    elements: (ScalarNode | MessageNode)[],
  ): ListNode['elements'] {
    if (elements[0]?.kind !== 'message') return elements;
    return elements.map((element) => {
      if (element.kind === 'message' || isMissing(element)) return element;
      const { start, end } = element.span;
      const found = shorten(this.source.text.slice(start, end));
      this.report(
        syntaxFault(
          'text/expected-token',
          { expected: "'{', as before the messages of this list", found },
          element.span,
        ),
      );
      return this.missing(start, false);
    });
  }

  private string(literals: readonly IToken[]): StringNode {
    const written = literals.map((token) => ({
      image: token.image,
      start: token.startOffset,
      terminated: isTerminated(token),
    }));
    for (const token of literals) this.checkQuotes(token);
    const first = literals[0];
    const last = literals.at(-1);
    return {
      kind: 'string',
      span: this.span(first?.startOffset ?? 0, endOf(last)),
      value: valueOfLiterals(written, this.report),
    };
  }

  private checkQuotes(token: IToken): void {
    const { tokenType, image } = token;
    if (tokenType === CurlyString) {
      const found = `the quotation mark ${image.slice(0, 1)}`;
      const rule = 'does not begin a string: " or \' does';
      const place = this.spanOf(token);
      this.report(
        syntaxFault('text/invalid-character', { found, rule }, place),
      );
    }
    if (tokenType !== UnterminatedString) return;
    const end = whereStringBroke(
      image,
      endOf(token) === this.source.text.length,
    );
    // What a backslash does at the end of a line is said of the backslash.
    if (end === undefined) return;
    this.report(
      syntaxFault(
        'text/unterminated-string',
        { quote: image.slice(0, 1), end },
        this.spanOf(token),
      ),
    );
  }

  private number(
    token: IToken,
    sign: IToken | undefined,
  ): NumberNode | IdentifierNode {
    const { image, startOffset, tokenType } = token;
    const start = (sign ?? token).startOffset;
    if (tokenType === MalformedNumber) {
      const word = /^\w*/.exec(this.source.text.slice(endOf(token)))?.[0] ?? '';
      const reason = whyNotANumber(image + word);
      this.report(
        syntaxFault(
          'text/invalid-number',
          { text: shorten(image + word), reason },
          this.spanOf(token),
        ),
      );
      // Followed by a name without a space, it is a number all the same.
      if (word === '') return this.missing(startOffset, sign !== undefined);
    }
    return {
      kind: 'number',
      span: this.span(start, endOf(token)),
      negative: sign !== undefined,
      ...readNumber(image),
    };
  }

  /** What stands for a value that is missing or unreadable, see `isMissing`. */
  private missing(after: number, negative: boolean): IdentifierNode {
    blank.lastIndex = after;
    blank.test(this.source.text);
    const start = blank.lastIndex;
    const span = this.span(start, start);
    return { kind: 'identifier', span, negative, text: '' };
  }

  private spanOf(token: IToken): Span {
    return this.span(token.startOffset, endOf(token));
  }

  private span(start: number, end: number): Span {
    return { source: this.source, start, end };
  }
}

/** Whether the last character is a closing quote. */
const isTerminated = ({ tokenType, image }: IToken): boolean =>
  tokenType !== UnterminatedString ||
  (image.includes('\n') && image.endsWith(image.slice(0, 1)));

/** What cut a string off; undefined where a backslash before a line feed did. */
function whereStringBroke(image: string, last: boolean): string | undefined {
  if (image.includes('\0')) return 'a zero byte';
  if (image.includes('\n')) return undefined;
  return `the end of the ${last ? 'file' : 'line'}`;
}

/** White space, comments, and characters that the parser is not told of. */
const blank = /(?:[ \t\n\r\v\f\0-\x08\x0e-\x1f\x80-\uffff]+|#[^\n\0]*)*/y;

const endOf = (token: IToken | undefined): number =>
  token === undefined ? 0 : token.startOffset + token.image.length;

/** False for tokens that the parser's recovery made up. */
const isWritten = (token: IToken): boolean => !Number.isNaN(token.startOffset);

/** The syntax tree of what the parser read; more mistakes may be found on the way. */
export function buildAst(
  source: Source,
  cst: DocumentCstNode,
  report: (fault: SyntaxFault) => void,
): DocumentNode {
  return new AstBuilder(source, report).document(cst.children);
}

/** Throws when the visitor lacks a method for some rule of the grammar. */
export function validateAstBuilder(): void {
  new AstBuilder({ name: '', text: '' }, () => undefined).validateVisitor();
}
