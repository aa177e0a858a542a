import { wireTypes } from './wire-reader.js';

/** Builds the small parts of protobuf messages; the data of blobs do not go through it. */
export class WireWriter {
  readonly #bytes: number[] = [];

  get length(): number {
    return this.#bytes.length;
  }

  varint(value: number): this {
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes.push((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes.push(rest);
    return this;
  }

  /** All 64 bits; negative ones take ten bytes, as protobuf writes them. */
  wideVarint(value: bigint): this {
    let rest = BigInt.asUintN(64, value);
    while (rest >= 0x80n) {
      this.#bytes.push(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.#bytes.push(Number(rest));
    return this;
  }

  raw(bytes: Uint8Array): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  number(field: number, value: number): this {
    return this.varint(field * 8 + wireTypes.varint).varint(value);
  }

  /** The tag and the length of a message, text or packed field whose bytes follow. */
  opening(field: number, length: number): this {
    return this.varint(field * 8 + wireTypes.lengthDelimited).varint(length);
  }

  text(field: number, value: string): this {
    const bytes = new TextEncoder().encode(value);
    this.opening(field, bytes.length);
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  message(field: number, content: WireWriter): this {
    return this.opening(field, content.length).append(content);
  }

  append(content: WireWriter): this {
    for (const byte of content.#bytes) this.#bytes.push(byte);
    return this;
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
