import { invariant } from '../diagnostics.js';
import type { DialectName } from './generated/messages.js';
import { table } from './generated/table.js';
import type { AnyMessage, MessageName, Value } from './message.js';
import type { EnumEntry, FieldEntry, MessageEntry } from './schema-table.js';
import { unpackEnum, unpackMessage } from './unpack-table.js';

export type { DialectName } from './generated/messages.js';

export const dialectNames = table.dialects;

/** The types of messages that there are, in order of declaration. */
export const messageNames = Object.keys(table.messages) as MessageName[];

export const isMessageName = (name: string): name is MessageName =>
  Object.hasOwn(table.messages, name);

export const enumNames: readonly string[] = Object.keys(table.enums);

/** Whether `dialect` has what `entry` describes; any dialect will do if it is undefined. */
export const isIn = (
  entry: { readonly dialects?: readonly string[] },
  dialect: DialectName | undefined,
): boolean =>
  dialect === undefined ||
  entry.dialects === undefined ||
  entry.dialects.includes(dialect);

/** The fields of a type of message; in order of number. */
export const fieldsOf = (type: MessageName): readonly FieldEntry[] =>
  messageEntry(type).fields;

const messages = new Map<MessageName, MessageEntry<DialectName>>();

export function messageEntry(type: MessageName): MessageEntry<DialectName> {
  const known = messages.get(type);
  if (known !== undefined) return known;
  const packed = table.messages[type];
  invariant(packed !== undefined, `no message ${type} in the schema`);
  const entry = unpackMessage(packed, table.dialectSets);
  messages.set(type, entry);
  return entry;
}

const enums = new Map<string, EnumEntry<DialectName>>();

export function enumEntry(name: string): EnumEntry<DialectName> {
  const known = enums.get(name);
  if (known !== undefined) return known;
  const packed = table.enums[name];
  invariant(packed !== undefined, `no enum ${name} in the schema`);
  const entry = unpackEnum(packed, table.dialectSets);
  enums.set(name, entry);
  return entry;
}

const namedFieldsOf = new Map<MessageName, Map<string, FieldEntry[]>>();

function namedFields(type: MessageName): Map<string, FieldEntry[]> {
  const known = namedFieldsOf.get(type);
  if (known !== undefined) return known;
  const made = new Map<string, FieldEntry[]>();
  for (const entry of fieldsOf(type)) {
    const others = made.get(entry.name);
    if (others === undefined) made.set(entry.name, [entry]);
    else others.push(entry);
  }
  namedFieldsOf.set(type, made);
  return made;
}

/** The definitions of a field, where dialects differ more than one. */
export const definitionsOf = (
  type: MessageName,
  name: string,
): readonly FieldEntry[] => namedFields(type).get(name) ?? [];

/** The field of that name as `dialect` has it, else as the first dialect that has it. */
export function fieldNamed(
  type: MessageName,
  name: string,
  dialect?: DialectName,
): FieldEntry | undefined {
  const entries = namedFields(type).get(name);
  if (entries === undefined || entries.length === 1) return entries?.[0];
  return entries.find((entry) => isIn(entry, dialect)) ?? entries[0];
}

export const enumValuesOf = (
  entry: FieldEntry,
): EnumEntry<DialectName>['values'] => enumEntry(entry.typeName ?? '').values;

export function messageTypeOf(entry: FieldEntry): MessageName {
  const name = entry.typeName ?? '';
  invariant(isMessageName(name), `no message ${name} in the schema`);
  return name;
}

/** What a scalar field means where it is not written. */
export function defaultOf(entry: FieldEntry): Exclude<Value, AnyMessage> {
  const written = entry.default;
  switch (entry.type) {
    case 'float':
      return Math.fround(Number(written ?? 0));
    case 'bool':
      return written ?? false;
    case 'string':
      return written ?? '';
    case 'bytes':
      return new Uint8Array(0);
    case 'enum':
      return written ?? enumValuesOf(entry)[0]?.name ?? '';
    case 'int64':
    case 'uint64':
      return BigInt(written ?? 0);
    case 'int32':
    case 'uint32':
    case 'double':
      return written ?? 0;
    case 'message':
      throw new TypeError(`${entry.name} is a message`);
  }
}
