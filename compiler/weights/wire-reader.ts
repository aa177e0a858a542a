import type { ByteSource } from './byte-source.js';

/** The wire types of protobuf that Caffe's messages use; 3 and 4 (groups) are not among them. */
export const wireTypes = {
  varint: 0,
  fixed64: 1,
  lengthDelimited: 2,
  fixed32: 5,
} as const;

/** What is wrong with the bytes, and where. */
export interface WireFault {
  readonly offset: number;
  readonly problem: string;
}

const smallestWindow = 4096;
const largestWindow = 1 << 18;
/** Names longer than this are taken for damage before memory is spent on them. */
const longestText = 1 << 20;
/** Windows follow one another when the next read begins at most this far behind the last. */
const sequentialGap = 16;

/**
 * Walks protobuf messages in a byte source through a small window, so that the data of
 * large blobs can be stepped over without being read.
 *
 * The first fault sticks: from then on every loop over `next` ends and every read gives a
 * neutral value, so that callers look at `fault` once, at the end.
 */
export class WireReader {
  readonly #source: ByteSource;
  #window = new Uint8Array(smallestWindow);
  #windowStart = 0;
  #windowLength = 0;
  #fault: WireFault | undefined;

  /** Of the next byte to be read. */
  position = 0;
  /** The number of the field that `next` found. */
  field = 0;
  wireType = 0;
  /** Where the tag of that field begins. */
  fieldOffset = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get fault(): WireFault | undefined {
    return this.#fault;
  }

  fail(problem: string, offset = this.fieldOffset): void {
    this.#fault ??= { offset, problem };
  }

  /** Reads the tag of the next field of a message that ends at `end`; false at its end. */
  next(end: number): boolean {
    if (!this.#sound() || this.position >= end) return false;
    this.fieldOffset = this.position;
    const tag = this.varint(end);
    if (!this.#sound()) return false;
    this.field = Math.floor(tag / 8);
    this.wireType = tag % 8;
    if (this.field === 0 || tag > 0xffffffff)
      this.fail(`${this.field} is not the number of a field`);
    else if (this.wireType > 5)
      this.fail(`wire type ${this.wireType} does not exist`);
    else if (this.wireType === 3 || this.wireType === 4)
      this.fail(`field ${this.field} is a group, which no Caffe file has`);
    return this.#sound();
  }

  /** Refuses the current field unless it has this wire type. */
  expect(wireType: number): boolean {
    if (this.wireType !== wireType)
      this.fail(
        `field ${this.field} has wire type ${this.wireType} instead of ${wireType}`,
      );
    return this.#sound();
  }

  /** Values of 2^53 and more lose their last digits, and negative ones are that large. */
  varint(end: number): number {
    const start = this.position;
    let value = 0;
    let scale = 1;
    for (let read = 0; read < 10; read++) {
      if (this.position >= end) {
        this.fail('a number runs past the end of its message', start);
        return 0;
      }
      const byte = this.#peek();
      this.position++;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    this.fail('a number has more than ten bytes', start);
    return 0;
  }

  /** All 64 bits of a number, as unsigned. */
  wideVarint(end: number): bigint {
    const start = this.position;
    let value = 0n;
    for (let read = 0n; read < 10n; read++) {
      if (this.position >= end) {
        this.fail('a number runs past the end of its message', start);
        return 0n;
      }
      const byte = this.#peek();
      this.position++;
      value |= BigInt(byte & 0x7f) << (7n * read);
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    this.fail('a number has more than ten bytes', start);
    return 0n;
  }

  /** `length` bytes from here, which must be few: they are taken one by one. */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at++) {
      bytes[at] = this.#peek();
      this.position++;
    }
    return bytes;
  }

  /** The length of a message, text or packed field, all of which must lie before `end`. */
  length(end: number): number {
    const length = this.varint(end);
    const left = end - this.position;
    if (length <= left) return this.#sound() ? length : 0;
    this.fail(
      `field ${this.field} claims ${length} bytes where ${left} are left`,
    );
    return 0;
  }

  text(end: number): string {
    if (!this.expect(wireTypes.lengthDelimited)) return '';
    const length = this.length(end);
    if (length > longestText) {
      this.fail(`field ${this.field} is a name of ${length} bytes`);
      return '';
    }
    const bytes = this.bytes(length);
    // Names that are not UTF-8 exist; the text reader maps them in the same way.
    return new TextDecoder().decode(bytes);
  }

  skip(end: number): void {
    switch (this.wireType) {
      case wireTypes.varint:
        this.varint(end);
        return;
      case wireTypes.lengthDelimited: {
        // Not `+=` of a call: that would take the position from before the length.
        const length = this.length(end);
        this.position += length;
        return;
      }
      default:
        this.#skipFixed(this.wireType === wireTypes.fixed64 ? 8 : 4, end);
    }
  }

  /**
   * Steps over an unpacked value of `width` bytes and all that follow it with the same tag
   * (of one byte); returns how many there were.
   */
  skipFixedRun(width: number, end: number): number {
    const tag = (this.field << 3) | this.wireType;
    let count = 0;
    for (;;) {
      this.#skipFixed(width, end);
      if (!this.#sound()) return count;
      count++;
      if (this.position >= end || this.#peek() !== tag) return count;
      this.fieldOffset = this.position++;
    }
  }

  #sound(): boolean {
    return this.#fault === undefined;
  }

  #skipFixed(width: number, end: number): void {
    if (this.position + width > end)
      this.fail(`field ${this.field} runs past the end of its message`);
    else this.position += width;
  }

  #peek(): number {
    let at = this.position - this.#windowStart;
    if (at < 0 || at >= this.#windowLength) {
      this.#load();
      at = 0;
    }
    return this.#window[at] ?? 0;
  }

  /** Small windows after a jump, growing ones where the walk goes on byte by byte. */
  #load(): void {
    const gap = this.position - (this.#windowStart + this.#windowLength);
    const size =
      gap >= 0 && gap <= sequentialGap && this.#windowLength > 0
        ? Math.min(this.#windowLength * 2, largestWindow)
        : smallestWindow;
    if (this.#window.length < size) this.#window = new Uint8Array(size);
    this.#windowStart = this.position;
    this.#windowLength = this.#source.readInto(
      this.#window.subarray(0, size),
      this.position,
    );
    if (this.#windowLength === 0)
      this.fail('the file ends here', this.position);
  }
}
