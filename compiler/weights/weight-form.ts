/** The forms of weight files that rancc reads and writes. */
export const weightForms = [
  'caffemodel',
  'hdf5',
  'npz',
  'safetensors',
] as const;

export type WeightForm = (typeof weightForms)[number];

/** For people. */
export const formText: Readonly<Record<WeightForm, string>> = {
  caffemodel: 'a caffemodel',
  hdf5: 'an HDF5 file (.caffemodel.h5)',
  npz: 'an .npz archive',
  safetensors: 'a safetensors file',
};

/** What the name of a file says of its form; undefined where it says nothing. */
export function formByName(path: string): WeightForm | undefined {
  if (/\.(h5|hdf5|hdf)$/i.test(path)) return 'hdf5';
  if (/\.npz$/i.test(path)) return 'npz';
  if (/\.safetensors$/i.test(path)) return 'safetensors';
  return /\.(caffemodel|binaryproto)$/i.test(path) ? 'caffemodel' : undefined;
}

const begins = (head: Uint8Array, ...bytes: readonly number[]): boolean =>
  bytes.every((byte, at) => head[at] === byte);

/**
 * What the first bytes of a file say of its form. A caffemodel has no signature: it is what
 * no other form is, and its reader says what is none either.
 */
export function formByContent(head: Uint8Array): WeightForm {
  if (begins(head, 0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a))
    return 'hdf5';
  // The first entry, or the end of an archive without any.
  if (begins(head, 0x50, 0x4b, 3, 4) || begins(head, 0x50, 0x4b, 5, 6))
    return 'npz';
  return looksLikeSafetensors(head) ? 'safetensors' : 'caffemodel';
}

/** The length of the header in eight bytes, then `{` and nothing but text. */
function looksLikeSafetensors(head: Uint8Array): boolean {
  if (head.length < 10 || head[8] !== 0x7b) return false;
  // No header is longer than 100 MB, and a caffemodel does not begin with such a number:
  // its first byte is a tag, its sixth to eighth are hardly ever all zero.
  return head[5] === 0 && head[6] === 0 && head[7] === 0;
}
