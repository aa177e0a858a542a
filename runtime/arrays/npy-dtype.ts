import { halfToNumber } from '../../compiler/weights/number-format.js';

/** The kinds of numbers in .npy files that rancc reads, in NumPy's words. */
export const dtypes = [
  'f2',
  'f4',
  'f8',
  'i1',
  'i2',
  'i4',
  'i8',
  'u1',
  'u2',
  'u4',
  'u8',
  'b1',
] as const;

export type Dtype = (typeof dtypes)[number];

export const bytesOf = (dtype: Dtype): number => Number(dtype.slice(1));

export interface Element {
  readonly dtype: Dtype;
  readonly littleEndian: boolean;
}

/** Reads NumPy's `<f4`; undefined for what is not a plain number. */
export function parseDescr(descr: string): Element | undefined {
  const dtype = dtypes.find((known) => known === descr.slice(1));
  if (dtype === undefined || !'<>|='.includes(descr.charAt(0)))
    return undefined;
  return { dtype, littleEndian: !descr.startsWith('>') };
}

type Get = (view: DataView, offset: number, littleEndian: boolean) => number;

/** How a number of each kind is read; 64-bit integers beyond 2^53 are rounded. */
export const getters: Readonly<Record<Dtype, Get>> = {
  f2: (view, at, little) => halfToNumber(view.getUint16(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  b1: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
};
