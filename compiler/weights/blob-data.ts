import { invariant } from '../diagnostics.js';
import type { ByteSource } from './byte-source.js';
import { decodeNumbers, type NumberFormat, widthOf } from './number-format.js';
import { readExactly } from './read-exactly.js';

/** A run of values in the file, all with the same distance from one to the next. */
export interface DataRun {
  /** Of the first byte of the first value. */
  readonly offset: number;
  readonly count: number;
  /** Bytes from one value to the next: the width when packed, one more with a tag each. */
  readonly stride: number;
  readonly format: NumberFormat;
}

/** A multiple of every stride (2, 4, 5, 8, 9), so that no value is cut in two. */
const pieceBytes = 360 * 256;

/** Reads the values of all runs into one buffer of their own, aligned as they must be. */
export function readRuns(
  source: ByteSource,
  runs: readonly DataRun[],
): Float32Array<ArrayBuffer> {
  const count = runs.reduce((sum, run) => sum + run.count, 0);
  const values = new Float32Array(count);
  let filled = 0;
  for (const run of runs) {
    const target = values.subarray(filled, filled + run.count);
    if (run.format === 'float32' && run.stride === 4)
      readPacked(source, run, target);
    else readStrided(source, run, target);
    filled += run.count;
  }
  return values;
}

/** The common case: float32, little-endian in the file and here, straight to its place. */
function readPacked(
  source: ByteSource,
  run: DataRun,
  target: Float32Array,
): void {
  invariant(littleEndian, 'rancc runs on little-endian machines only');
  readExactly(
    source,
    new Uint8Array(target.buffer, target.byteOffset, target.byteLength),
    run.offset,
  );
}

const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Other formats, and values with a tag before each, go through a small buffer. */
function readStrided(
  source: ByteSource,
  { offset, count, stride, format }: DataRun,
  target: Float32Array,
): void {
  const piece = new Uint8Array(Math.min(pieceBytes, count * stride));
  const view = new DataView(piece.buffer);
  const perPiece = pieceBytes / stride;
  for (let done = 0; done < count; done += perPiece) {
    const some = Math.min(perPiece, count - done);
    // No tag comes after the last value.
    const bytes = (some - 1) * stride + widthOf[format];
    readExactly(source, piece.subarray(0, bytes), offset + done * stride);
    decodeNumbers(format, view, stride, some, target, done);
  }
}
