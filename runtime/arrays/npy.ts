import { type Diagnostic, diagnostic } from '../../compiler/diagnostics.js';

import type { NdArray } from './nd-array.js';
import { bytesOf, type Dtype, getters } from './npy-dtype.js';
import { type NpyHeader, readNpyHeader, writeNpyHeader } from './npy-header.js';

/** A .npy file, its numbers not yet converted. */
export interface NpyFile {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Row-major, whatever the order in the file; in a buffer of its own. */
  toFloat32(): Float32Array<ArrayBuffer>;
  toFloat64(): Float64Array<ArrayBuffer>;
}

export interface Read<T> {
  /** Undefined when there is an error among the diagnostics. */
  readonly value: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const refused = (...diagnostics: Diagnostic[]): Read<never> => ({
  value: undefined,
  diagnostics,
});

/** Reads a .npy file; `file` is what diagnostics call it. */
export function parseNpy(file: string, bytes: Uint8Array): Read<NpyFile> {
  const result = readNpyHeader(bytes);
  if ('corrupt' in result)
    return refused(
      diagnostic('array/corrupt', { file, problem: result.corrupt }),
    );
  if ('unsupported' in result)
    return refused(
      diagnostic('array/unsupported', { file, what: result.unsupported }),
    );
  const { header } = result;
  const { dtype } = header.element;
  const count = header.shape.reduce((product, size) => product * size, 1);
  const wanted = count * bytesOf(dtype);
  const present = bytes.length - header.dataOffset;
  if (wanted !== present)
    return refused(
      diagnostic('array/corrupt', {
        file,
        problem: `its shape ${header.shape.join('x')} of ${dtype} needs ${wanted} bytes, and there are ${present}`,
      }),
    );
  return {
    value: {
      dtype,
      shape: header.shape,
      toFloat32() {
        const values = new Float32Array(count);
        if (!isPlainFloat32(header)) return fill(values, header, bytes);
        new Uint8Array(values.buffer).set(bytes.subarray(header.dataOffset));
        return values;
      },
      toFloat64: () => fill(new Float64Array(count), header, bytes),
    },
    diagnostics: [],
  };
}

/** Reads a .npy file of any kind of numbers as float32. */
export function readNpy(file: string, bytes: Uint8Array): Read<NdArray> {
  const { value, diagnostics } = parseNpy(file, bytes);
  return {
    value: value && { shape: value.shape, data: value.toFloat32() },
    diagnostics,
  };
}

const isPlainFloat32 = ({ element, fortranOrder }: NpyHeader): boolean =>
  element.dtype === 'f4' && element.littleEndian && !fortranOrder;

/** Converts number by number, from columns to rows where the file is in Fortran's order. */
function fill<T extends Float32Array | Float64Array>(
  target: T,
  header: NpyHeader,
  bytes: Uint8Array,
): T {
  const { element, shape, fortranOrder, dataOffset } = header;
  const view = new DataView(
    bytes.buffer,
    bytes.byteOffset + dataOffset,
    bytes.length - dataOffset,
  );
  const get = getters[element.dtype];
  const width = bytesOf(element.dtype);
  const place = fortranOrder ? placeInColumns(shape) : (at: number) => at;
  for (let at = 0; at < target.length; at++)
    target[at] = get(view, place(at) * width, element.littleEndian);
  return target;
}

/** From a row-major position to the position with the first axis running fastest. */
function placeInColumns(shape: readonly number[]): (at: number) => number {
  const strides: number[] = [];
  let stride = 1;
  for (const size of shape) {
    strides.push(stride);
    stride *= size;
  }
  return (at) => {
    let rest = at;
    let place = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = shape[axis] ?? 1;
      place += (rest % size) * (strides[axis] ?? 0);
      rest = Math.floor(rest / size);
    }
    return place;
  };
}

/** The arrays that can be written. */
export type Writable = Float32Array | Float64Array | Int32Array | Uint8Array;

function descrOf(data: Writable): string {
  if (data instanceof Float32Array) return '<f4';
  if (data instanceof Float64Array) return '<f8';
  return data instanceof Int32Array ? '<i4' : '|u1';
}

/** A .npy file in pieces, the numbers without a copy. */
export function npyChunks(
  shape: readonly number[],
  data: Writable,
): readonly [header: Uint8Array, numbers: Uint8Array] {
  return [
    writeNpyHeader(descrOf(data), shape),
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  ];
}

/** A whole .npy file. */
export function writeNpy(shape: readonly number[], data: Writable): Uint8Array {
  const [header, numbers] = npyChunks(shape, data);
  const bytes = new Uint8Array(header.length + numbers.length);
  bytes.set(header);
  bytes.set(numbers, header.length);
  return bytes;
}
