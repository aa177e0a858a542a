import { crc32 } from 'node:zlib';

/** A file to be put into an archive, in pieces. */
export interface FileToZip {
  readonly name: string;
  readonly pieces: readonly Uint8Array[];
}

interface Written {
  readonly name: Uint8Array;
  readonly crc: number;
  readonly size: number;
  readonly offset: number;
}

const see64 = 0xffffffff;
/** 1980-01-01, the earliest date of zip: equal contents give equal archives. */
const date = 0x21;
const utf8Names = 0x0800;

/**
 * Writes an archive of stored files in pieces, as `numpy.savez` does: floats hardly become
 * smaller by packing. Sizes and offsets beyond 32 bits go into zip64 parts.
 */
export function* writeZip(files: Iterable<FileToZip>): Generator<Uint8Array> {
  const written: Written[] = [];
  let offset = 0;
  for (const file of files) {
    const name = new TextEncoder().encode(file.name);
    const size = file.pieces.reduce((sum, piece) => sum + piece.length, 0);
    const crc = file.pieces.reduce((sum, piece) => crc32(piece, sum), 0);
    const entry = { name, crc, size, offset };
    const header = localHeader(entry);
    yield header;
    yield* file.pieces;
    written.push(entry);
    offset += header.length + size;
  }
  const directoryAt = offset;
  for (const entry of written) {
    const header = centralHeader(entry);
    yield header;
    offset += header.length;
  }
  yield endRecords(written.length, directoryAt, offset - directoryAt);
}

/** Little-endian numbers one after another. */
class Record {
  readonly #bytes: number[] = [];

  u16(...values: readonly number[]): this {
    for (const value of values) this.#bytes.push(value & 0xff, value >>> 8);
    return this;
  }

  u32(...values: readonly number[]): this {
    for (const value of values) this.u16(value & 0xffff, value >>> 16);
    return this;
  }

  u64(...values: readonly number[]): this {
    for (const value of values)
      this.u32(value % 2 ** 32, Math.floor(value / 2 ** 32));
    return this;
  }

  raw(bytes: Uint8Array): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

const narrow = (value: number): number => Math.min(value, see64);

function localHeader({ name, crc, size }: Written): Uint8Array {
  const wide = size >= see64;
  const header = new Record()
    .u32(0x04034b50)
    .u16(wide ? 45 : 20, utf8Names, 0, 0, date)
    .u32(crc, narrow(size), narrow(size))
    .u16(name.length, wide ? 20 : 0)
    .raw(name);
  if (wide) header.u16(1, 16).u64(size, size);
  return header.finish();
}

function centralHeader({ name, crc, size, offset }: Written): Uint8Array {
  const wide = [
    ...(size >= see64 ? [size, size] : []),
    ...(offset >= see64 ? [offset] : []),
  ];
  const version = wide.length > 0 ? 45 : 20;
  const header = new Record()
    .u32(0x02014b50)
    .u16(version, version, utf8Names, 0, 0, date)
    .u32(crc, narrow(size), narrow(size))
    .u16(name.length, wide.length > 0 ? 4 + 8 * wide.length : 0, 0, 0, 0)
    .u32(0, narrow(offset))
    .raw(name);
  if (wide.length > 0) header.u16(1, 8 * wide.length).u64(...wide);
  return header.finish();
}

function endRecords(count: number, offset: number, length: number): Uint8Array {
  const end = new Record();
  if (count >= 0xffff || offset >= see64 || length >= see64)
    end
      .u32(0x06064b50)
      .u64(44)
      .u16(45, 45)
      .u32(0, 0)
      .u64(count, count, length, offset)
      .u32(0x07064b50, 0)
      .u64(offset + length)
      .u32(1);
  const few = Math.min(count, 0xffff);
  return end
    .u32(0x06054b50)
    .u16(0, 0, few, few)
    .u32(narrow(length), narrow(offset))
    .u16(0)
    .finish();
}
