import type { Span } from '../../grammar/source.js';

import type { DialectName, Messages } from './generated/messages.js';
import type { FieldEntry } from './schema-table.js';

export type MessageName = keyof Messages;

/**
 * A message as the text has it, read by the schema: what was written is kept apart from
 * what it means, because Caffe's rules often ask whether a field was given at all.
 */
export interface Message<K extends MessageName> extends AnyMessage {
  readonly type: K;
  /** Whether the field was written (a repeated field: at least once). */
  has(field: keyof Messages[K] & string): boolean;
  /**
   * The value, or the schema's default. Enums are their names, a message that was not
   * written is an empty one, 64-bit integers are numbers, floats are rounded to float32.
   * An enum value that the schema does not know (a warning unless strict) is the word as
   * written, so whoever reads an enum has to refuse what it does not handle.
   */
  get<F extends keyof Messages[K] & string>(field: F): Messages[K][F];
  /** Of the field as written (element `index` of a repeated one), else of the message. */
  spanOf(field: keyof Messages[K] & string, index?: number): Span;
}

/** What can be asked of a message of any type. */
export interface AnyMessage {
  readonly type: MessageName;
  /** Of the whole message; of its parent where the message was not written. */
  readonly span: Span;
  /** The dialect whose fields and defaults come first; undefined: the first that has them. */
  readonly dialect: DialectName | undefined;
  /** What was written, in order of number. */
  written(): readonly WrittenField[];
  /** What was written here (not in the messages within) and is not in the schema. */
  readonly unknown: readonly UnknownPart[];
}

export interface WrittenField {
  readonly entry: FieldEntry;
  /** One of a singular field. */
  readonly values: readonly Value[];
  /** The places of `values`; what was made by rancc has the place of what it was made from. */
  readonly spans: readonly Span[];
}

/** 64-bit integers are `bigint`, enums their names, bytes as they are. */
export type Value =
  number | bigint | string | boolean | Uint8Array | AnyMessage;

/**
 * A field that the schema does not know, or a value that it does not know for a field: such
 * an enum value stands as written, a number that is no number is left out.
 */
export interface UnknownPart {
  readonly kind: 'field' | 'value';
  /** The name of the field. */
  readonly name: string;
  readonly span: Span;
}
