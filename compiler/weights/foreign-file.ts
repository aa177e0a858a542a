import type { ByteSource } from './byte-source.js';

/** Bytes at the head of a file that are enough to tell what it is. */
const headLength = 512;

export function headOf(source: ByteSource): Uint8Array {
  const head = new Uint8Array(Math.min(headLength, source.size));
  return head.subarray(0, source.readInto(head, 0));
}

interface Signature {
  readonly at: number;
  readonly bytes: readonly number[];
  readonly what: string;
}

const ascii = (text: string): readonly number[] =>
  Array.from(text, (character) => character.charCodeAt(0));

const signatures: readonly Signature[] = [
  { at: 0, bytes: [0x89, ...ascii('HDF\r\n')], what: 'an HDF5 file' },
  { at: 0, bytes: ascii('PK\x03\x04'), what: 'a zip archive (.npz, .pth)' },
  { at: 0, bytes: ascii('PK\x05\x06'), what: 'an empty zip archive' },
  { at: 0, bytes: [0x93, ...ascii('NUMPY')], what: 'a .npy array' },
  { at: 0, bytes: [0x1f, 0x8b], what: 'a gzip file; unpack it first' },
  { at: 0, bytes: ascii('BZh'), what: 'a bzip2 file; unpack it first' },
  { at: 16, bytes: [0xde, 0xc0, 0xef, 0xbe], what: 'an LMDB database' },
  { at: 8, bytes: ascii('{"'), what: 'a safetensors file' },
  {
    at: 0,
    bytes: ascii('version https://git-lfs'),
    what: 'a Git LFS pointer; `git lfs pull` gets the file itself',
  },
];

const isSpace = (byte: number): boolean =>
  byte === 9 || byte === 10 || byte === 12 || byte === 13;

/** Whether a file is a text, from its head: every serialised net has bytes below 0x20 there. */
export const isText = (head: Uint8Array): boolean =>
  head.every((byte) => byte >= 0x20 || isSpace(byte));

const textOf = (head: Uint8Array): string | undefined =>
  isText(head) ? new TextDecoder().decode(head) : undefined;

/**
 * Says what a file is that is plainly no serialised net, from its `headOf`.
 * Undefined: it may be one.
 */
export function foreignFile(head: Uint8Array): string | undefined {
  if (head.length === 0) return 'an empty file';
  // A net's first field is text; a solver's state and a blob begin with a number.
  if (head[0] === 0x08)
    return 'the state of a solver (.solverstate) or a single blob (.binaryproto)';
  const known = signatures.find(({ at, bytes }) =>
    bytes.every((byte, index) => head[at + index] === byte),
  );
  if (known !== undefined) return known.what;
  const text = textOf(head);
  if (text === undefined) return undefined;
  return /^\s*<(!doctype|html|\?xml)/i.test(text)
    ? 'a web page; the download went wrong'
    : 'a text file (a prototxt has no weights)';
}
