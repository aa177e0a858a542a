/** How files hold the values of a blob. */
export const numberFormats = [
  'float32',
  'float64',
  'float16',
  'bfloat16',
] as const;

export type NumberFormat = (typeof numberFormats)[number];

export const widthOf: Readonly<Record<NumberFormat, 2 | 4 | 8>> = {
  float32: 4,
  float64: 8,
  float16: 2,
  bfloat16: 2,
};

/** The shortest width of all. */
export const leastWidth = 2;

/** The number of 16 bits: one of the sign, five of the exponent, ten of the fraction. */
export function halfToNumber(bits: number): number {
  const sign = bits >= 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/**
 * Puts `count` little-endian values, `stride` bytes from one to the next, into `target` from
 * `at` on. Floats are moved as bits, so that NaNs keep theirs.
 */
export function decodeNumbers(
  format: NumberFormat,
  bytes: DataView,
  stride: number,
  count: number,
  target: Float32Array,
  at = 0,
): void {
  const bits = new Uint32Array(target.buffer, target.byteOffset, target.length);
  switch (format) {
    case 'float32':
      for (let k = 0; k < count; k++)
        bits[at + k] = bytes.getUint32(k * stride, true);
      return;
    case 'bfloat16':
      for (let k = 0; k < count; k++)
        bits[at + k] = bytes.getUint16(k * stride, true) << 16;
      return;
    case 'float64':
      for (let k = 0; k < count; k++)
        target[at + k] = bytes.getFloat64(k * stride, true);
      return;
    case 'float16':
      for (let k = 0; k < count; k++)
        target[at + k] = halfToNumber(bytes.getUint16(k * stride, true));
  }
}
