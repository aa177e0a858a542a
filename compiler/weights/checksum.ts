import { crc32 } from 'node:zlib';

/** The CRC-32 of zlib over the little-endian bytes of the values. */
export const crc32Of = (values: Float32Array): number =>
  crc32(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
