import { encodeText } from '../../grammar/text-encoding.js';

import { isMessage } from '../schema/make-message.js';
import type { AnyMessage, Value, WrittenField } from '../schema/message.js';
import { enumValuesOf } from '../schema/message-type.js';
import type { FieldEntry } from '../schema/schema-table.js';
import { wireTypes } from './wire-reader.js';
import { WireWriter } from './wire-writer.js';

/**
 * The bytes of a message as protobuf writes them, and Caffe its files: what was written, in
 * order of number. An enum value that the schema does not know is left out, as protobuf has
 * no number for it, but where it is a number. `chosen` picks fields.
 */
export function messageBytes(
  message: AnyMessage,
  chosen: (field: WrittenField) => boolean = () => true,
): WireWriter {
  const writer = new WireWriter();
  for (const field of message.written()) {
    if (!chosen(field)) continue;
    if (field.entry.packed) writePacked(writer, field);
    else
      for (const value of field.values) writeValue(writer, field.entry, value);
  }
  return writer;
}

function writePacked(
  writer: WireWriter,
  { entry, values }: WrittenField,
): void {
  const packed = new WireWriter();
  for (const value of values) writeScalar(packed, entry, value);
  writer.message(entry.number, packed);
}

function writeValue(writer: WireWriter, entry: FieldEntry, value: Value): void {
  const { number, type } = entry;
  if (typeof value === 'object' && isMessage(value)) {
    writer.message(number, messageBytes(value));
  } else if (value instanceof Uint8Array) {
    writer.opening(number, value.length).raw(value);
  } else if (typeof value === 'string' && type !== 'enum') {
    // Texts that are no UTF-8 go back to the bytes that they came from.
    const bytes = encodeText(value);
    writer.opening(number, bytes.length).raw(bytes);
  } else {
    const scalar = new WireWriter();
    writeScalar(scalar, entry, value);
    if (scalar.length === 0) return;
    writer.varint(number * 8 + wireTypeOf(entry)).append(scalar);
  }
}

const wireTypeOf = ({ type }: FieldEntry): number => {
  if (type === 'float') return wireTypes.fixed32;
  return type === 'double' ? wireTypes.fixed64 : wireTypes.varint;
};

/** A number, a truth or an enum without its tag. */
function writeScalar(
  writer: WireWriter,
  entry: FieldEntry,
  value: Value,
): void {
  switch (entry.type) {
    case 'float':
      writer.raw(new Uint8Array(Float32Array.of(Number(value)).buffer));
      return;
    case 'double':
      writer.raw(new Uint8Array(Float64Array.of(Number(value)).buffer));
      return;
    case 'enum': {
      const known = enumValuesOf(entry).find(({ name }) => name === value);
      if (known !== undefined) writer.wideVarint(BigInt(known.number));
      else if (typeof value === 'string' && /^-?\d{1,10}$/.test(value))
        writer.wideVarint(BigInt(value));
      return;
    }
    default:
      if (typeof value === 'boolean') writer.varint(Number(value));
      else if (typeof value === 'bigint') writer.wideVarint(value);
      else writer.wideVarint(BigInt(Number(value)));
  }
}
