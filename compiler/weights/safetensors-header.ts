import type { ByteSource } from './byte-source.js';
import { countOf } from './weight-file.js';

/** A tensor as the header describes it. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** From the start of the file. */
  readonly offset: number;
  readonly bytes: number;
}

export interface SafetensorsHeader {
  /** In the order of their data. */
  readonly tensors: readonly TensorEntry[];
  readonly metadata: ReadonlyMap<string, string>;
}

export type HeaderResult =
  { readonly header: SafetensorsHeader } | { readonly problem: string };

/** The format's own limit. */
const longestHeader = 100_000_000;
const lengthBytes = 8;

/** Bytes of an element; of kinds that rancc does not read, too, to check the offsets. */
const elementBytes: Readonly<Record<string, number>> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E5M2: 1,
  F8_E4M3: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  I64: 8,
  U64: 8,
  F64: 8,
};

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) &&
  value.every((size) => Number.isSafeInteger(size) && size >= 0);

/**
 * Reads the header and checks it by the format's rules: the tensors lie one after another,
 * without gaps, up to the end of the file, and each has the bytes that its shape needs.
 */
export function readSafetensorsHeader(source: ByteSource): HeaderResult {
  const read = readText(source);
  if ('problem' in read) return read;
  let document: unknown;
  try {
    document = JSON.parse(read.text);
  } catch {
    return { problem: 'its header is no JSON' };
  }
  if (!isFields(document)) return { problem: 'its header is no JSON object' };
  const dataStart = read.end;
  const tensors: TensorEntry[] = [];
  for (const [name, value] of Object.entries(document)) {
    if (name === '__metadata__') continue;
    const entry = readEntry(name, value, dataStart);
    if ('problem' in entry) return entry;
    tensors.push(entry);
  }
  tensors.sort((a, b) => a.offset - b.offset || a.bytes - b.bytes);
  let next = dataStart;
  for (const { name, offset, bytes } of tensors) {
    if (offset !== next)
      return { problem: `the data of '${name}' do not follow those before` };
    next = offset + bytes;
  }
  if (next !== source.size)
    return {
      problem: `its tensors need ${next} bytes, and there are ${source.size}`,
    };
  return { header: { tensors, metadata: readMetadataMap(document) } };
}

function readText(
  source: ByteSource,
): { text: string; end: number } | { problem: string } {
  const length = new Uint8Array(lengthBytes);
  if (source.readInto(length, 0) < lengthBytes)
    return { problem: 'it is cut off in its first bytes' };
  const claimed = Number(new DataView(length.buffer).getBigUint64(0, true));
  if (claimed > longestHeader || claimed > source.size - lengthBytes)
    return {
      problem: `its header claims ${claimed} bytes where ${source.size - lengthBytes} are left`,
    };
  const bytes = new Uint8Array(claimed);
  let filled = 0;
  while (filled < claimed) {
    const got = source.readInto(bytes.subarray(filled), lengthBytes + filled);
    if (got === 0) return { problem: 'its header is cut off' };
    filled += got;
  }
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return { text: decoder.decode(bytes), end: lengthBytes + claimed };
  } catch {
    return { problem: 'its header is no UTF-8' };
  }
}

function readEntry(
  name: string,
  value: unknown,
  dataStart: number,
): TensorEntry | { problem: string } {
  const fields = isFields(value) ? value : {};
  const { dtype, shape, data_offsets: offsets } = fields;
  const [begin = 0, end = 0] = isSizes(offsets) ? offsets : [];
  if (
    typeof dtype !== 'string' ||
    !isSizes(shape) ||
    !isSizes(offsets) ||
    offsets.length !== 2 ||
    end < begin
  )
    return { problem: `'${name}' lacks its type, shape or place` };
  const width = elementBytes[dtype];
  if (width !== undefined && countOf(shape) * width !== end - begin)
    return {
      problem: `'${name}' is ${shape.join('x')} of ${dtype} and has ${end - begin} bytes`,
    };
  return {
    name,
    dtype,
    shape,
    offset: dataStart + begin,
    bytes: end - begin,
  };
}

function readMetadataMap(document: Fields): ReadonlyMap<string, string> {
  const { __metadata__: metadata } = document;
  return new Map(
    Object.entries(isFields(metadata) ? metadata : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
