import { type Element, parseDescr } from './npy-dtype.js';

export interface NpyHeader {
  readonly element: Element;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin. */
  readonly dataOffset: number;
}

export type HeaderResult =
  | { readonly header: NpyHeader }
  | { readonly corrupt: string }
  | { readonly unsupported: string };

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Reads the header of versions 1 to 3: a Python dictionary of three known keys. */
export function readNpyHeader(bytes: Uint8Array): HeaderResult {
  if (!magic.every((byte, at) => bytes[at] === byte))
    return { corrupt: 'it does not begin as a .npy file' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3)
    return { unsupported: `version ${version} of the .npy format` };
  const textOffset = version === 1 ? 10 : 12;
  if (bytes.length < textOffset) return { corrupt: 'its header is cut off' };
  const length =
    version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const dataOffset = textOffset + length;
  if (dataOffset > bytes.length) return { corrupt: 'its header is cut off' };
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(
    bytes.subarray(textOffset, dataOffset),
  );

  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const sizes = /'shape'\s*:\s*\(([\d\sL,]*)\)/.exec(text)?.[1];
  if (descr === undefined && /'descr'\s*:\s*\[/.test(text))
    return { unsupported: 'records in place of numbers' };
  if (descr === undefined || order === undefined || sizes === undefined)
    return { corrupt: 'its header lacks descr, fortran_order or shape' };
  const element = parseDescr(descr);
  if (element === undefined)
    return { unsupported: `elements of type '${descr}'` };
  const shape = sizes
    .split(',')
    .map((size) => size.trim().replace(/L$/, ''))
    .filter((size) => size !== '')
    .map(Number);
  if (!shape.every(Number.isSafeInteger))
    return { corrupt: `its shape is (${sizes})` };
  return {
    header: { element, fortranOrder: order === 'True', shape, dataOffset },
  };
}

/** The header of version 1, padded so that the numbers begin at a multiple of 64. */
export function writeNpyHeader(
  descr: string,
  shape: readonly number[],
): Uint8Array {
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const total = Math.ceil((10 + text.length + 1) / 64) * 64;
  const bytes = new Uint8Array(total).fill(0x20);
  bytes.set(magic);
  bytes.set([1, 0], 6);
  new DataView(bytes.buffer).setUint16(8, total - 10, true);
  bytes.set(new TextEncoder().encode(text), 10);
  bytes[total - 1] = 0x0a;
  return bytes;
}
