import { invariant } from '../diagnostics.js';
import type { Message } from '../schema/message.js';
import { messageBytes } from './message-writer.js';
import { countOf, type WeightBlob } from './weight-file.js';
import { WireWriter } from './wire-writer.js';

/** What is written of a blob; a blob of any weight file will do. */
export type BlobToWrite = Pick<WeightBlob, 'shape' | 'read'> &
  Partial<Pick<WeightBlob, 'storedAs' | 'sharedAs'>> & {
    /** Its gradient, which snapshots hold with `snapshot_diff`. */
    readonly readDiff?: (() => Float32Array<ArrayBuffer>) | undefined;
  };

export interface LayerToWrite {
  readonly name: string;
  readonly type: string;
  readonly blobs: readonly BlobToWrite[];
  /** All of its message but the blobs, where more than name and type is to be written. */
  readonly message?: Message<'LayerParameter'> | undefined;
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
  blob: { num: 1, data: 5, diff: 6, shape: 7 },
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
    yield tailOf(layer).finish();
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
function headOf({ name, type, blobs, message }: LayerToWrite): WireWriter {
  if (message !== undefined)
    return messageBytes(
      message,
      ({ entry }) => entry.number < fields.layer.blobs,
    );
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

/** And all after them. */
const tailOf = ({ message }: LayerToWrite): WireWriter =>
  message === undefined
    ? new WireWriter()
    : messageBytes(message, ({ entry }) => entry.number > fields.layer.blobs);

const layerLength = (layer: LayerToWrite): number =>
  layer.blobs.reduce(
    (sum, blob) => sum + blobLength(blob, fields.layer.blobs),
    headOf(layer).length + tailOf(layer).length,
  );

/** How many bytes `writeBlob` writes. */
export function blobLength(blob: BlobToWrite, field: number): number {
  const { before, dataBytes, between, after } = partsOf(blob, field);
  const values = between === undefined ? dataBytes : 2 * dataBytes;
  return before.length + values + (between?.length ?? 0) + after.length;
}

/** A blob as a field of the message that it is in. */
export function* writeBlob(
  blob: BlobToWrite,
  field: number = fields.layer.blobs,
): Generator<Uint8Array> {
  const { before, dataBytes, between, after } = partsOf(blob, field);
  yield before.finish();
  yield bytesOf(blob, blob.read(), dataBytes);
  if (between !== undefined && blob.readDiff !== undefined) {
    yield between.finish();
    yield bytesOf(blob, blob.readDiff(), dataBytes);
  }
  yield after.finish();
}

function bytesOf(
  { shape }: BlobToWrite,
  values: Float32Array<ArrayBuffer>,
  dataBytes: number,
): Uint8Array {
  invariant(
    values.byteLength === dataBytes,
    `a blob of shape ${shape.join('x')} has ${values.length} values`,
  );
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** The message of a blob around its data, with its own tag and length in front. */
function partsOf(
  { shape, storedAs, readDiff }: BlobToWrite,
  field: number,
): {
  before: WireWriter;
  dataBytes: number;
  /** Between the values and the gradient; undefined without one. */
  between: WireWriter | undefined;
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
  const between =
    readDiff === undefined
      ? undefined
      : new WireWriter().opening(fields.blob.diff, dataBytes);
  const diffLength = between === undefined ? 0 : between.length + dataBytes;
  const before = new WireWriter().opening(
    field,
    start.length + dataBytes + diffLength + after.length,
  );
  return { before: before.append(start), dataBytes, between, after };
}
