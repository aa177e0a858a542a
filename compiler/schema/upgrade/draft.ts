import type { Span } from '../../../grammar/source.js';

import { invariant } from '../../diagnostics.js';
import { messageOf } from '../make-message.js';
import type {
  AnyMessage,
  Message,
  MessageName,
  UnknownPart,
  Value,
  WrittenField,
} from '../message.js';
import { type DialectName, fieldNamed } from '../message-type.js';

/** A message in the making, out of fields of older messages that keep their places. */
export class Draft<K extends MessageName> {
  readonly #type: K;
  readonly #span: Span;
  readonly #dialect: DialectName | undefined;
  readonly #unknown: UnknownPart[];
  readonly #fields = new Map<string, WrittenField>();

  /** Of the type `type`, in the place of `from`. */
  constructor(type: K, from: AnyMessage) {
    this.#type = type;
    this.#span = from.span;
    this.#dialect = from.dialect;
    this.#unknown = [...from.unknown];
  }

  /** Takes the field `name` of `from`, if it was written, as the field `as`. */
  copy(from: AnyMessage, name: string, as = name): this {
    const field = from.written().find(({ entry }) => entry.name === name);
    if (field !== undefined) this.put(as, field.values, field.spans);
    return this;
  }

  /** Sets a field; nothing for a repeated field without values. */
  put(
    name: string,
    values: readonly Value[],
    spans: readonly Span[] = values.map(() => this.#span),
  ): this {
    const entry = fieldNamed(this.#type, name, this.#dialect);
    invariant(entry !== undefined, `${this.#type} has no field ${name}`);
    if (values.length > 0) this.#fields.set(name, { entry, values, spans });
    return this;
  }

  remove(name: string): this {
    this.#fields.delete(name);
    return this;
  }

  /** What is unknown in a message that is not kept itself. */
  addUnknown(parts: readonly UnknownPart[]): this {
    this.#unknown.push(...parts);
    return this;
  }

  build(): Message<K> {
    return messageOf(this.#type, {
      span: this.#span,
      fields: this.#fields,
      dialect: this.#dialect,
      unknown: this.#unknown,
    });
  }
}

/** A draft with all fields of `message`. */
export function draftOf<K extends MessageName>(message: Message<K>): Draft<K> {
  const draft = new Draft(message.type, message);
  for (const { entry, values, spans } of message.written()) {
    draft.put(entry.name, values, spans);
  }
  return draft;
}
