import { arrayName } from './array-names.js';
import { countOf, numberedBlobs, type WeightFile } from './weight-file.js';
import { metadataName, metadataText } from './weight-metadata.js';

/**
 * Writes a safetensors file in pieces, its tensors named `<layer>/<number>` in the order of
 * the net; all else that a caffemodel says goes into its metadata. One blob is in memory at
 * a time.
 */
export function* writeSafetensors(
  file: Pick<WeightFile, 'name' | 'layers'>,
): Generator<Uint8Array> {
  const blobs = file.layers.flatMap((layer) =>
    numberedBlobs(layer).map(([number, blob]) => ({
      name: arrayName(layer.name, number),
      blob,
    })),
  );
  // As an array of pairs: an object would put names that are numbers first.
  const entries = [
    `"__metadata__":${JSON.stringify({ [metadataName]: metadataText(file) })}`,
  ];
  let end = 0;
  for (const { name, blob } of blobs) {
    const begin = end;
    end += countOf(blob.shape) * Float32Array.BYTES_PER_ELEMENT;
    const entry = {
      dtype: 'F32',
      shape: blob.shape,
      data_offsets: [begin, end],
    };
    entries.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`);
  }
  yield headerBytes(`{${entries.join(',')}}`);
  for (const { blob } of blobs) {
    const values = blob.read();
    yield new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  }
}

/** The length and the text, padded with spaces so that the data begin at a multiple of 8. */
function headerBytes(text: string): Uint8Array {
  const content = new TextEncoder().encode(text);
  const length = Math.ceil(content.length / 8) * 8;
  const bytes = new Uint8Array(8 + length).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(content, 8);
  return bytes;
}
