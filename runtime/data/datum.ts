import { wireTypes } from '../../compiler/weights/wire-reader.js';
import { WireWriter } from '../../compiler/weights/wire-writer.js';

import type { RawImage } from './raw-image.js';

/** A record of Caffe's databases: an image, or the bytes of an image file, with a label. */
export type Datum =
  | { readonly label: number; readonly image: RawImage }
  | { readonly label: number; readonly encoded: Uint8Array };

/** Bytes that are no Datum; the message is a sentence without the source's name. */
export class MalformedDatum extends Error {
  override readonly name = 'MalformedDatum';
}

const fields = {
  channels: 1,
  height: 2,
  width: 3,
  data: 4,
  label: 5,
  floatData: 6,
  encoded: 7,
} as const;

interface Fields {
  channels: number;
  height: number;
  width: number;
  data: Uint8Array;
  label: number;
  readonly floats: number[];
  encoded: boolean;
}

/**
 * Reads a Datum (caffe.proto). The pixels are part of `bytes`, not a copy.
 * @throws {MalformedDatum} Where the message is cut off, or sizes and data do not agree.
 */
export function decodeDatum(bytes: Uint8Array): Datum {
  const found = readFields(new Reader(bytes));
  const { channels, height, width, label, data, floats } = found;
  if (found.encoded) {
    if (data.length === 0) {
      throw new MalformedDatum('the Datum is encoded and has no data');
    }
    return { label, encoded: data };
  }
  const size = channels * height * width;
  const shape = `${channels} x ${height} x ${width}`;
  if (!(channels > 0 && height > 0 && width > 0)) {
    throw new MalformedDatum(`the Datum's sizes are ${shape}`);
  }
  // Caffe takes `data` where there is some (data_transformer.cpp).
  const pixels = data.length > 0 ? data : Float32Array.from(floats);
  if (pixels.length !== size) {
    throw new MalformedDatum(
      `the Datum has ${pixels.length} values for ${shape}, which are ${size}`,
    );
  }
  return {
    label,
    image: { layout: 'planar', channels, height, width, pixels },
  };
}

function readFields(reader: Reader): Fields {
  const found: Fields = {
    channels: 0,
    height: 0,
    width: 0,
    data: new Uint8Array(),
    label: 0,
    floats: [],
    encoded: false,
  };
  while (!reader.atEnd) readField(reader, found);
  return found;
}

function readField(reader: Reader, into: Fields): void {
  const tag = reader.varint();
  const [field, type] = [Math.floor(tag / 8), tag % 8];
  if (field === 0) throw new MalformedDatum('the Datum has a field 0');
  switch (tag) {
    case fields.channels * 8:
      into.channels = reader.int32();
      return;
    case fields.height * 8:
      into.height = reader.int32();
      return;
    case fields.width * 8:
      into.width = reader.int32();
      return;
    case fields.data * 8 + wireTypes.lengthDelimited:
      into.data = reader.take(reader.varint());
      return;
    case fields.label * 8:
      into.label = reader.int32();
      return;
    case fields.floatData * 8 + wireTypes.fixed32:
      into.floats.push(reader.float());
      return;
    case fields.floatData * 8 + wireTypes.lengthDelimited:
      readPacked(reader, into.floats);
      return;
    case fields.encoded * 8:
      into.encoded = reader.varint() !== 0;
      return;
    default:
      reader.skip(type);
  }
}

function readPacked(reader: Reader, into: number[]): void {
  const length = reader.varint();
  if (length % 4 !== 0) {
    throw new MalformedDatum(`float_data has ${length} bytes`);
  }
  for (let i = 0; i < length; i += 4) into.push(reader.float());
}

const cutOff = (): MalformedDatum => new MalformedDatum('the Datum is cut off');

const tooLong = (): MalformedDatum =>
  new MalformedDatum('the Datum has a number of more than ten bytes');

class Reader {
  readonly #bytes: Uint8Array;
  #view: DataView | undefined;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Exact below 2^53: what is larger is behind the end of any record. */
  varint(): number {
    let value = 0;
    for (let factor = 1; factor < 2 ** 70; factor *= 128) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw tooLong();
  }

  /** The lower 32 bits: negative numbers are written as ten bytes. */
  int32(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw tooLong();
  }

  float(): number {
    const start = this.#move(4);
    const { buffer, byteOffset, length } = this.#bytes;
    this.#view ??= new DataView(buffer, byteOffset, length);
    return this.#view.getFloat32(start, true);
  }

  take(length: number): Uint8Array {
    const start = this.#move(length);
    return this.#bytes.subarray(start, start + length);
  }

  skip(type: number): void {
    switch (type) {
      case wireTypes.varint:
        this.varint();
        return;
      case wireTypes.fixed64:
        this.#move(8);
        return;
      case wireTypes.lengthDelimited:
        this.#move(this.varint());
        return;
      case wireTypes.fixed32:
        this.#move(4);
        return;
      default:
        throw new MalformedDatum(`the Datum has a field of wire type ${type}`);
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw cutOff();
    this.#at++;
    return byte;
  }

  /** Gives where it was. */
  #move(length: number): number {
    const start = this.#at;
    if (length > this.#bytes.length - start) {
      throw cutOff();
    }
    this.#at += length;
    return start;
  }
}

/** The bytes that Caffe writes for an image (io.cpp, CVMatToDatum) or an image file. */
export function encodeDatum(datum: Datum): Uint8Array {
  const [head, data] = [new WireWriter(), dataOf(datum)];
  if ('image' in datum) {
    const { channels, height, width } = datum.image;
    head.number(fields.channels, channels);
    head.number(fields.height, height).number(fields.width, width);
  }
  if (data instanceof Uint8Array) head.opening(fields.data, data.length);
  const tail = new WireWriter();
  tail.varint(fields.label * 8).wideVarint(BigInt(datum.label));
  if (data instanceof Float32Array) {
    for (const value of data) {
      tail.varint(fields.floatData * 8 + wireTypes.fixed32);
      tail.raw(new Uint8Array(Float32Array.of(value).buffer));
    }
  }
  tail.number(fields.encoded, 'encoded' in datum ? 1 : 0);
  const raw = data instanceof Uint8Array ? data : new Uint8Array();
  return Buffer.concat([head.finish(), raw, tail.finish()]);
}

function dataOf(datum: Datum): Uint8Array | Float32Array {
  if ('encoded' in datum) return datum.encoded;
  const { layout, channels, height, width, pixels } = datum.image;
  if (layout === 'planar') return pixels;
  const count = height * width;
  const planar = pixels.slice();
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < count; i++) {
      planar[c * count + i] = pixels[i * channels + c] ?? 0;
    }
  }
  return planar;
}
