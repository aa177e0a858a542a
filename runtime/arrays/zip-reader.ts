import { crc32, inflateRawSync } from 'node:zlib';

import type { ByteSource } from '../../compiler/weights/byte-source.js';
import { readExactly } from '../../compiler/weights/read-exactly.js';

/** A file within a zip archive. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  /** By the file's mode, where the archive was made under Unix. */
  readonly executable: boolean;
  /** Of its local header. */
  readonly offset: number;
}

export type Outcome<T> = { readonly value: T } | { readonly problem: string };

const signatures = {
  local: 0x04034b50,
  central: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
} as const;
const stored = 0;
const deflated = 8;
const centralLength = 46;
const endLength = 22;
const locatorLength = 20;
const longestComment = 0xffff;
/** A field with this value has its true value in the zip64 part. */
const see64 = 0xffffffff;

/** Reads the list of files at the end of an archive, of zip64 too. */
export function readZipDirectory(
  source: ByteSource,
): Outcome<readonly ZipEntry[]> {
  const found = findDirectory(source);
  if ('problem' in found) return found;
  const { offset, length, count } = found.value;
  const directory = view(source, offset, length);
  if (directory === undefined)
    return { problem: 'its directory lies beyond its end' };
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (
      at + centralLength > length ||
      directory.getUint32(at, true) !== signatures.central
    )
      return { problem: `its directory is damaged at entry ${index}` };
    const nameLength = directory.getUint16(at + 28, true);
    const extraLength = directory.getUint16(at + 30, true);
    const commentLength = directory.getUint16(at + 32, true);
    const nameAt = at + centralLength;
    const extraAt = nameAt + nameLength;
    const next = extraAt + extraLength + commentLength;
    if (next > length)
      return { problem: `its directory is damaged at entry ${index}` };
    const sizes = readSizes(directory, at, extraAt, extraLength);
    if (sizes === undefined)
      return { problem: `entry ${index} of its directory lacks its sizes` };
    entries.push({
      name: text(directory, nameAt, nameLength),
      method: directory.getUint16(at + 10, true),
      crc32: directory.getUint32(at + 16, true),
      // The upper half of the external attributes is the mode.
      executable: (directory.getUint32(at + 38, true) & (0o100 << 16)) !== 0,
      ...sizes,
    });
    at = next;
  }
  return { value: entries };
}

/** Deflate makes no more than this of a byte: two bits say a copy of 258. */
const largestRatio = 1032;

export const isStored = (entry: ZipEntry): boolean => entry.method === stored;

/** Where the bytes of an entry begin, packed or not. */
export function findZipEntry(
  source: ByteSource,
  entry: ZipEntry,
): Outcome<number> {
  const { name } = entry;
  const header = view(source, entry.offset, 30);
  if (header?.getUint32(0, true) !== signatures.local)
    return { problem: `'${name}' is not where the directory says` };
  if ((header.getUint16(6, true) & 1) !== 0)
    return { problem: `'${name}' is encrypted` };
  const dataAt =
    entry.offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  if (entry.method !== stored && entry.method !== deflated)
    return {
      problem: `'${name}' is packed by method ${entry.method}; 0 and 8 are read`,
    };
  if (dataAt + entry.compressedSize > source.size)
    return { problem: `'${name}' is cut off` };
  return entry.method === stored
    ? entry.size === entry.compressedSize
      ? { value: dataAt }
      : { problem: `'${name}' is damaged` }
    : entry.size <= entry.compressedSize * largestRatio
      ? { value: dataAt }
      : {
          problem: `'${name}' claims more bytes than ${entry.compressedSize} packed ones can hold`,
        };
}

/** The content of an entry, unpacked and checked. */
export function readZipEntry(
  source: ByteSource,
  entry: ZipEntry,
): Outcome<Uint8Array> {
  const found = findZipEntry(source, entry);
  if ('problem' in found) return found;
  const { name } = entry;
  const packed = bytes(source, found.value, entry.compressedSize);
  if (packed === undefined) return { problem: `'${name}' is cut off` };
  const content =
    entry.method === stored ? packed : inflate(packed, entry.size);
  return content?.length === entry.size && crc32(content) === entry.crc32
    ? { value: content }
    : { problem: `'${name}' is damaged` };
}

/** Whether the bytes of a stored entry are those that were put in; read in pieces. */
export function isIntact(
  source: ByteSource,
  { size, crc32: wanted }: ZipEntry,
  dataAt: number,
): boolean {
  const piece = new Uint8Array(Math.min(size, pieceBytes));
  let sum = 0;
  for (let done = 0; done < size; done += piece.length) {
    const part = piece.subarray(0, Math.min(piece.length, size - done));
    readExactly(source, part, dataAt + done);
    sum = crc32(part, sum);
  }
  return sum === wanted;
}

const pieceBytes = 1 << 20;

interface Directory {
  readonly offset: number;
  readonly length: number;
  readonly count: number;
}

/** The end record is the last thing but for a comment of unknown length. */
function findDirectory(source: ByteSource): Outcome<Directory> {
  const tailLength = Math.min(source.size, endLength + longestComment);
  const tailAt = source.size - tailLength;
  const tail = view(source, tailAt, tailLength);
  if (tail !== undefined) {
    for (let at = tailLength - endLength; at >= 0; at--) {
      if (tail.getUint32(at, true) !== signatures.end) continue;
      // The comment may hold the signature, too; only its length tells.
      if (at + endLength + tail.getUint16(at + 20, true) !== tailLength)
        continue;
      return (
        directory64(source, tailAt + at) ?? {
          value: {
            count: tail.getUint16(at + 10, true),
            length: tail.getUint32(at + 12, true),
            offset: tail.getUint32(at + 16, true),
          },
        }
      );
    }
  }
  return { problem: 'it is no zip archive, or its end is cut off' };
}

/** A zip64 archive has a locator right before the end record, and it a record of its own. */
function directory64(
  source: ByteSource,
  endAt: number,
): Outcome<Directory> | undefined {
  const locator = view(source, endAt - locatorLength, locatorLength);
  if (locator?.getUint32(0, true) !== signatures.locator64) return undefined;
  const record = view(source, Number(locator.getBigUint64(8, true)), 56);
  if (record?.getUint32(0, true) !== signatures.end64)
    return { problem: 'its zip64 directory is damaged' };
  return {
    value: {
      count: Number(record.getBigUint64(32, true)),
      length: Number(record.getBigUint64(40, true)),
      offset: Number(record.getBigUint64(48, true)),
    },
  };
}

function readSizes(
  directory: DataView,
  at: number,
  extraAt: number,
  extraLength: number,
): Pick<ZipEntry, 'compressedSize' | 'size' | 'offset'> | undefined {
  const size = directory.getUint32(at + 24, true);
  const compressedSize = directory.getUint32(at + 20, true);
  const offset = directory.getUint32(at + 42, true);
  if (size !== see64 && compressedSize !== see64 && offset !== see64)
    return { size, compressedSize, offset };
  // Only those that do not fit stand in the extra field, in this order.
  const extra = findExtra64(directory, extraAt, extraAt + extraLength);
  const wanted = [size, compressedSize, offset].filter((n) => n === see64);
  if (extra === undefined || extra.start + 8 * wanted.length > extra.end)
    return undefined;
  let next = extra.start;
  const wide = (narrow: number): number => {
    if (narrow !== see64) return narrow;
    next += 8;
    return Number(directory.getBigUint64(next - 8, true));
  };
  return {
    size: wide(size),
    compressedSize: wide(compressedSize),
    offset: wide(offset),
  };
}

function findExtra64(
  directory: DataView,
  start: number,
  end: number,
): { start: number; end: number } | undefined {
  for (let at = start; at + 4 <= end;) {
    const content = at + 4;
    const contentEnd = content + directory.getUint16(at + 2, true);
    if (directory.getUint16(at, true) === 1 && contentEnd <= end)
      return { start: content, end: contentEnd };
    at = contentEnd;
  }
  return undefined;
}

function bytes(
  source: ByteSource,
  offset: number,
  length: number,
): Uint8Array<ArrayBuffer> | undefined {
  if (offset < 0 || offset + length > source.size) return undefined;
  const target = new Uint8Array(length);
  readExactly(source, target, offset);
  return target;
}

function view(
  source: ByteSource,
  offset: number,
  length: number,
): DataView | undefined {
  const found = bytes(source, offset, length);
  return found && new DataView(found.buffer);
}

const text = (directory: DataView, offset: number, length: number): string =>
  new TextDecoder().decode(
    new Uint8Array(directory.buffer, directory.byteOffset + offset, length),
  );

function inflate(packed: Uint8Array, size: number): Uint8Array | undefined {
  try {
    // One byte more than promised, so that an entry that is too long is seen.
    return inflateRawSync(packed, { maxOutputLength: size + 1 });
  } catch {
    return undefined;
  }
}
