import type { Span } from '../../grammar/source.js';
import { decodeText } from '../../grammar/text-encoding.js';

import { messageOf } from '../schema/make-message.js';
import type {
  AnyMessage,
  Message,
  MessageName,
  UnknownPart,
  Value,
  WrittenField,
} from '../schema/message.js';
import {
  type DialectName,
  enumValuesOf,
  isIn,
  messageTypeOf,
} from '../schema/message-type.js';
import type { FieldEntry } from '../schema/schema-table.js';
import type { ByteSource } from './byte-source.js';
import { WireReader, wireTypes } from './wire-reader.js';

/** Which field of a schema a number is, undefined if that is not certain. */
export type FieldChoice = (
  type: MessageName,
  number: number,
) => FieldEntry | undefined;

export interface MessagePart {
  readonly source: ByteSource;
  readonly start: number;
  readonly end: number;
}

export interface MessageRules {
  readonly choose: FieldChoice;
  /** Of all messages that are made: a file of bytes has no text to point at. */
  readonly span: Span;
  readonly dialect: DialectName;
  /** Is told of fields that could not be read, by number. */
  readonly unknown: (type: MessageName, number: number) => void;
  /** Takes what is not read into the message; without it, it is left out. */
  readonly keep?: KeepUnread | undefined;
}

/** Stands in a message for bytes that stay where they are. */
export interface KeepUnread {
  /** The content of a blob. */
  readonly blob: (bytes: ByteRange) => AnyMessage;
  /** A field that could not be read, with its tag. */
  readonly field: (
    type: MessageName,
    number: number,
    bytes: ByteRange,
  ) => UnknownPart;
}

/** Bytes of a file. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Nets have no longer texts or bytes beside their weights. */
const longestBytes = 1 << 20;

/**
 * Reads a message from its bytes by the numbers of the schema; blobs are passed over, or
 * kept as their places.
 * Undefined where the bytes are no such message.
 */
export function readMessagePart<K extends MessageName>(
  type: K,
  part: MessagePart,
  rules: MessageRules,
): Message<K> | undefined {
  const reader = new WireReader(part.source);
  reader.position = part.start;
  const found = new Map<string, { entry: FieldEntry; values: Value[] }>();
  const unknown: UnknownPart[] = [];
  while (reader.next(part.end)) {
    const entry = rules.choose(type, reader.field);
    const { position, field, fieldOffset } = reader;
    const values = entry && readValues(entry, reader, part, rules);
    if (entry === undefined || values === undefined) {
      rules.unknown(type, field);
      reader.position = position;
      reader.skip(part.end);
      const bytes = { start: fieldOffset, end: reader.position };
      if (rules.keep !== undefined)
        unknown.push(rules.keep.field(type, field, bytes));
      continue;
    }
    if (values.length === 0) continue;
    const before = found.get(entry.name);
    // Of a field that is no list, the last counts.
    if (before === undefined || entry.label !== 'repeated')
      found.set(entry.name, { entry, values: [...values] });
    else before.values.push(...values);
  }
  if (reader.fault !== undefined) return undefined;
  return messageOf(type, {
    span: rules.span,
    dialect: rules.dialect,
    unknown,
    fields: new Map(
      Array.from(found, ([name, { entry, values }]): [string, WrittenField] => [
        name,
        { entry, values, spans: values.map(() => rules.span) },
      ]),
    ),
  });
}

/** Undefined where the wire type is not one that the field can have. */
function readValues(
  entry: FieldEntry,
  reader: WireReader,
  part: MessagePart,
  rules: MessageRules,
): readonly Value[] | undefined {
  const wireType = wireTypeOf(entry);
  if (reader.wireType === wireType) {
    if (entry.typeName === 'BlobProto') return readBlob(reader, part, rules);
    const value = readValue(entry, reader, part, rules);
    return value === undefined ? undefined : [value];
  }
  const isList =
    entry.label === 'repeated' && wireType !== wireTypes.lengthDelimited;
  if (!isList || reader.wireType !== wireTypes.lengthDelimited)
    return undefined;
  const end = reader.length(part.end) + reader.position;
  const values: Value[] = [];
  while (reader.position < end && reader.fault === undefined) {
    const value = readValue(entry, reader, { ...part, end }, rules);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/** Its place, or nothing. */
function readBlob(
  reader: WireReader,
  { end }: MessagePart,
  { keep }: MessageRules,
): readonly Value[] {
  const length = reader.length(end);
  const start = reader.position;
  reader.position += length;
  return keep === undefined ? [] : [keep.blob({ start, end: start + length })];
}

function wireTypeOf({ type }: FieldEntry): number {
  switch (type) {
    case 'float':
      return wireTypes.fixed32;
    case 'double':
      return wireTypes.fixed64;
    case 'string':
    case 'bytes':
    case 'message':
      return wireTypes.lengthDelimited;
    case 'int32':
    case 'int64':
    case 'uint32':
    case 'uint64':
    case 'bool':
    case 'enum':
      return wireTypes.varint;
  }
}

function readValue(
  entry: FieldEntry,
  reader: WireReader,
  { source, end }: MessagePart,
  rules: MessageRules,
): Value | undefined {
  switch (entry.type) {
    case 'float':
      return fixed(reader, 4, end)?.getFloat32(0, true);
    case 'double':
      return fixed(reader, 8, end)?.getFloat64(0, true);
    case 'string':
    case 'bytes': {
      const length = reader.length(end);
      if (length > longestBytes) return undefined;
      const bytes = reader.bytes(length);
      return entry.type === 'bytes' ? bytes : decodeText(bytes);
    }
    case 'message': {
      const length = reader.length(end);
      const start = reader.position;
      reader.position += length;
      const part = { source, start, end: start + length };
      const message: AnyMessage | undefined = readMessagePart(
        messageTypeOf(entry),
        part,
        rules,
      );
      return message;
    }
    default:
      return integer(entry, reader.wideVarint(end), rules.dialect);
  }
}

function fixed(
  reader: WireReader,
  width: number,
  end: number,
): DataView | undefined {
  if (reader.position + width > end) {
    reader.fail('a number runs past the end of its message');
    return undefined;
  }
  return new DataView(reader.bytes(width).buffer);
}

/**
 * A value of an enum by its name: the dialect's, or the one that forks agree about. Others stay
 * numbers, which is a text too that protobuf reads for an enum.
 */
function enumValue(
  entry: FieldEntry,
  number: number,
  dialect: DialectName,
): string {
  const known = enumValuesOf(entry).filter((each) => each.number === number);
  const own = known.find((each) => isIn(each, dialect));
  const names = new Set(known.map(({ name }) => name));
  const [only = ''] = names;
  return own?.name ?? (names.size === 1 ? only : String(number));
}

function integer(entry: FieldEntry, bits: bigint, dialect: DialectName): Value {
  switch (entry.type) {
    case 'bool':
      return bits !== 0n;
    case 'int32':
      return Number(BigInt.asIntN(32, bits));
    case 'uint32':
      return Number(BigInt.asUintN(32, bits));
    case 'int64':
      return BigInt.asIntN(64, bits);
    case 'enum':
      return enumValue(entry, Number(BigInt.asIntN(32, bits)), dialect);
    default:
      return bits;
  }
}
