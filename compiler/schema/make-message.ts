import type { Span } from '../../grammar/source.js';

import { invariant } from '../diagnostics.js';
import type { Messages } from './generated/messages.js';
import type {
  AnyMessage,
  Message,
  MessageName,
  UnknownPart,
  Value,
  WrittenField,
} from './message.js';
import {
  defaultOf,
  type DialectName,
  fieldNamed,
  messageTypeOf,
} from './message-type.js';

export interface MessageParts {
  readonly span: Span;
  readonly fields: ReadonlyMap<string, WrittenField>;
  readonly dialect?: DialectName | undefined;
  readonly unknown?: readonly UnknownPart[] | undefined;
}

/** The message that has `parts.fields`. */
export function messageOf<K extends MessageName>(
  type: K,
  parts: MessageParts,
): Message<K> {
  return new PlainMessage(type, parts);
}

/** Values for the fields of a message: what `get` gives, or 64-bit integers exactly. */
export type FieldValues<K extends MessageName> = {
  readonly [F in keyof Messages[K]]?:
    | Messages[K][F]
    | (Messages[K][F] extends number ? bigint : never)
    | undefined;
};

export interface MadeMessage<K extends MessageName> {
  /** Where the message comes from. */
  readonly span: Span;
  /** Where its fields come from, if not from there: a place for each element. */
  readonly spans?: {
    readonly [F in keyof Messages[K]]?: readonly Span[] | undefined;
  };
  readonly dialect?: DialectName | undefined;
}

/** A message that nobody wrote as it is; its places are those of what it was made from. */
export function makeMessage<K extends MessageName>(
  type: K,
  values: FieldValues<K>,
  from: MadeMessage<K>,
): Message<K> {
  return messageOf(type, {
    span: from.span,
    dialect: from.dialect,
    fields: new Map(madeFields(type, values, from)),
  });
}

/** `message` with some fields replaced; a value `undefined` takes the field away. */
export function withFields<K extends MessageName>(
  message: Message<K>,
  values: FieldValues<K>,
  spans: MadeMessage<K>['spans'] = {},
): Message<K> {
  const fields = new Map(
    message.written().map((field) => [field.entry.name, field]),
  );
  for (const name of Object.keys(values)) fields.delete(name);
  const { type, span, dialect, unknown } = message;
  for (const [name, field] of madeFields(type, values, {
    span,
    spans,
    dialect,
  })) {
    fields.set(name, field);
  }
  return messageOf(type, { span, fields, dialect, unknown });
}

function* madeFields<K extends MessageName>(
  type: K,
  values: FieldValues<K>,
  from: MadeMessage<K>,
): Generator<[string, WrittenField]> {
  const placesOf = new Map<string, readonly Span[] | undefined>(
    Object.entries(from.spans ?? {}),
  );
  for (const [name, given] of Object.entries(values)) {
    if (given === undefined) continue;
    const entry = fieldNamed(type, name, from.dialect);
    invariant(entry !== undefined, `${type} has no field ${name}`);
    const isLong = entry.type === 'int64' || entry.type === 'uint64';
    const exact = ((Array.isArray(given) ? given : [given]) as Value[]).map(
      (value) => (isLong && typeof value === 'number' ? BigInt(value) : value),
    );
    // A repeated field without elements is one that was not written.
    if (exact.length === 0) continue;
    const places = placesOf.get(name);
    yield [
      name,
      {
        entry,
        values: exact,
        spans: exact.map((_, index) => places?.[index] ?? from.span),
      },
    ];
  }
}

class PlainMessage<K extends MessageName> implements Message<K> {
  readonly type: K;
  readonly span: Span;
  readonly dialect: DialectName | undefined;
  readonly unknown: readonly UnknownPart[];
  readonly #fields: ReadonlyMap<string, WrittenField>;

  constructor(type: K, parts: MessageParts) {
    this.type = type;
    this.span = parts.span;
    this.dialect = parts.dialect;
    this.unknown = parts.unknown ?? nothing;
    this.#fields = parts.fields;
  }

  has(field: keyof Messages[K] & string): boolean {
    return this.#fields.has(field);
  }

  get<F extends keyof Messages[K] & string>(field: F): Messages[K][F] {
    const found = this.#fields.get(field);
    const entry = found?.entry ?? fieldNamed(this.type, field, this.dialect);
    invariant(entry !== undefined, `${this.type} has no field ${field}`);
    const values = found?.values ?? nothing;
    // The table, from which the types of Messages were made, says that this is one.
    if (entry.label === 'repeated') {
      const isLong = entry.type === 'int64' || entry.type === 'uint64';
      return (isLong ? values.map(rounded) : values) as Messages[K][F];
    }
    return rounded(values[0] ?? this.#unwritten(entry)) as Messages[K][F];
  }

  spanOf(field: keyof Messages[K] & string, index = 0): Span {
    return this.#fields.get(field)?.spans[index] ?? this.span;
  }

  written(): readonly WrittenField[] {
    return [...this.#fields.values()].sort(
      (a, b) => a.entry.number - b.entry.number,
    );
  }

  #unwritten(entry: WrittenField['entry']): Value {
    return entry.type === 'message'
      ? messageOf(messageTypeOf(entry), {
          span: this.span,
          fields: noFields,
          dialect: this.dialect,
        })
      : defaultOf(entry);
  }
}

const nothing: readonly never[] = [];
const noFields: ReadonlyMap<string, WrittenField> = new Map();

/** 64-bit integers as numbers, everything else as it is. */
const rounded = (value: Value): Exclude<Value, bigint> =>
  typeof value === 'bigint' ? Number(value) : value;

/** Whether `value` is a message (and not bytes). */
export const isMessage = (value: Value): value is AnyMessage =>
  typeof value === 'object' && !(value instanceof Uint8Array);
