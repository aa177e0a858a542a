import type { Span } from './source.js';

/**
 * The syntax tree of the protobuf text format. It says what was written and where,
 * not what it means: whether `MAX` names an enum value is the schema's business.
 */
export interface DocumentNode {
  readonly kind: 'document';
  readonly span: Span;
  readonly fields: readonly FieldNode[];
}

export interface FieldNode {
  readonly kind: 'field';
  /** From the name to the end of the value. */
  readonly span: Span;
  readonly name: NameNode;
  /** Whether a colon stands before the value. */
  readonly colon?: boolean;
  readonly value: ValueNode;
}

/** `name`, or `[extension.name]`, or `[host/type.name]` (the brackets are in the span). */
export interface NameNode {
  readonly kind: 'name';
  readonly span: Span;
  readonly text: string;
  readonly extension: boolean;
}

export type ValueNode = ScalarNode | MessageNode | ListNode;

export type ScalarNode = NumberNode | StringNode | IdentifierNode;

/** `{ ... }` or `< ... >`; the brackets are in the span. */
export interface MessageNode {
  readonly kind: 'message';
  readonly span: Span;
  readonly fields: readonly FieldNode[];
}

/** `[a, b]` */
export interface ListNode {
  readonly kind: 'list';
  readonly span: Span;
  readonly elements: readonly (ScalarNode | MessageNode)[];
}

export type NumberForm = 'decimal' | 'octal' | 'hexadecimal' | 'float';

export interface NumberNode {
  readonly kind: 'number';
  readonly span: Span;
  readonly negative: boolean;
  readonly form: NumberForm;
  /** The digits as written, without the sign (and without a float's `f`). */
  readonly text: string;
}

/** One or several adjacent literals, escapes resolved. */
export interface StringNode {
  readonly kind: 'string';
  readonly span: Span;
  /**
   * The bytes, read as UTF-8. Bytes that are not UTF-8 stand in the string as the lone
   * surrogates U+DC80 to U+DCFF, so that `encodeText` gives every byte back.
   */
  readonly value: string;
}

/**
 * `MAX`, `true`, `inf`, `nan`; `negative` for `-inf`. The `text` is empty where a value is
 * missing or cannot be read, see `isMissing`.
 */
export interface IdentifierNode {
  readonly kind: 'identifier';
  readonly span: Span;
  readonly negative: boolean;
  readonly text: string;
}

/**
 * Whether a mistake stands where a value should be. It has been reported: a missing value
 * as `text/expected-value` with a span that starts where this one does, which a reader that
 * knows the type of the field may replace by something more precise.
 */
export const isMissing = (value: ValueNode): boolean =>
  value.kind === 'identifier' && value.text === '';
