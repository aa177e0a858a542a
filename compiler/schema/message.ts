import type { Span } from '../../grammar/source.js';
import type { Messages } from './generated/messages.js';

export type MessageName = keyof Messages;

/**
 * A message as the text has it, read by the schema: what was written is kept apart from
 * what it means, because Caffe's rules often ask whether a field was given at all.
 */
export interface Message<K extends MessageName> {
  readonly type: K;
  /** Of the whole message; of its parent where the message was not written. */
  readonly span: Span;
  /** Whether the field was written (a repeated field: at least once). */
  has(field: keyof Messages[K] & string): boolean;
  /**
   * The value, or the schema's default. Enums are their names, a message that was not
   * written is an empty one, 64-bit integers are numbers, floats are rounded to float32.
   */
  get<F extends keyof Messages[K] & string>(field: F): Messages[K][F];
  /** Of the field as written (element `index` of a repeated one), else of the message. */
  spanOf(field: keyof Messages[K] & string, index?: number): Span;
}
