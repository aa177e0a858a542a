import { invariant } from '../diagnostics.js';
import { countOf, type WeightBlob } from './weight-file.js';
import { WireWriter } from './wire-writer.js';

/** What is written of a blob; a blob of any weight file will do. */
export type BlobToWrite = Pick<WeightBlob, 'shape' | 'read'> &
  Partial<Pick<WeightBlob, 'storedAs' | 'sharedAs'>>;

export interface LayerToWrite {
  readonly name: string;
  readonly type: string;
  readonly blobs: readonly BlobToWrite[];
}

/** What is written as a `.caffemodel`; a weight file of any format will do. */
export interface NetToWrite {
  readonly name: string;
  readonly layers: readonly LayerToWrite[];
}

/** Protobuf, and so Caffe, reads no message of 2 GiB or more. */
export const largestCaffemodel = 2 ** 31 - 1;

const fields = {
  net: { name: 1, layer: 100 },
  layer: { name: 1, type: 2, param: 6, blobs: 7 },
  param: { name: 1 },
  blob: { num: 1, data: 5, shape: 7 },
  shape: { dim: 1 },
} as const;

/**
 * Writes a `.caffemodel` of today's form in pieces, in the order of Caffe's own files. One
 * blob is in memory at a time.
 */
export function* writeCaffemodel(net: NetToWrite): Generator<Uint8Array> {
  if (net.name !== '')
    yield new WireWriter().text(fields.net.name, net.name).finish();
  for (const layer of net.layers) {
    const head = headOf(layer);
    yield new WireWriter()
      .opening(fields.net.layer, layerLength(layer))
      .finish();
    yield head.finish();
    for (const blob of layer.blobs) yield* writeBlob(blob);
  }
}

/** How many bytes `writeCaffemodel` writes, without reading any data. */
export function caffemodelLength(net: NetToWrite): number {
  const name = net.name === '' ? 0 : new WireWriter().text(1, net.name).length;
  return net.layers.reduce((sum, layer) => {
    const length = layerLength(layer);
    return (
      sum + new WireWriter().opening(fields.net.layer, length).length + length
    );
  }, name);
}

/** All of a layer before its blobs. */
function headOf({ name, type, blobs }: LayerToWrite): WireWriter {
  const head = new WireWriter().text(fields.layer.name, name);
  if (type !== '') head.text(fields.layer.type, type);
  if (blobs.some(({ sharedAs }) => sharedAs !== undefined)) {
    for (const { sharedAs } of blobs) {
      const spec = new WireWriter();
      if (sharedAs !== undefined) spec.text(fields.param.name, sharedAs);
      head.message(fields.layer.param, spec);
    }
  }
  return head;
}

const layerLength = (layer: LayerToWrite): number =>
  layer.blobs.reduce((sum, blob) => {
    const { before, dataBytes, after } = partsOf(blob);
    return sum + before.length + dataBytes + after.length;
  }, headOf(layer).length);

function* writeBlob(blob: BlobToWrite): Generator<Uint8Array> {
  const { before, dataBytes, after } = partsOf(blob);
  yield before.finish();
  const values = blob.read();
  invariant(
    values.byteLength === dataBytes,
    `a blob of shape ${blob.shape.join('x')} has ${values.length} values`,
  );
  yield new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  yield after.finish();
}

/** The message of a blob around its data, with its own tag and length in front. */
function partsOf({ shape, storedAs }: BlobToWrite): {
  before: WireWriter;
  dataBytes: number;
  after: WireWriter;
} {
  const dataBytes = countOf(shape) * Float32Array.BYTES_PER_ELEMENT;
  const start = new WireWriter();
  const after = new WireWriter();
  if (storedAs === 'nchw') {
    // Caffe takes a bias of 1x1x1xN for one of N only where the old numbers say so.
    shape.forEach((size, axis) => start.number(fields.blob.num + axis, size));
  } else {
    const sizes = new WireWriter();
    for (const size of shape) sizes.varint(size);
    after.message(
      fields.blob.shape,
      new WireWriter().message(fields.shape.dim, sizes),
    );
  }
  start.opening(fields.blob.data, dataBytes);
  const before = new WireWriter().opening(
    fields.layer.blobs,
    start.length + dataBytes + after.length,
  );
  return { before: before.append(start), dataBytes, after };
}
