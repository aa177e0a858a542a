import type { BlobFile } from '../compiler/layers/define-layer.js';
import { readRuns } from '../compiler/weights/blob-data.js';
import { readBlobProto, valuesOf } from '../compiler/weights/blob-proto.js';
import { WireReader } from '../compiler/weights/wire-reader.js';

import { openFile } from './file-source.js';

/**
 * The blob in a `.binaryproto` that a layer names: a BlobProto with the legacy sizes or a shape,
 * of floats or doubles. A relative path counts from the working folder, as in Caffe.
 */
export function readBlobFile(path: string): BlobFile {
  const opened = opening(path);
  if (typeof opened === 'string') return { problem: opened };
  try {
    const reader = new WireReader(opened);
    const blob = readBlobProto(reader, opened.size);
    if (reader.fault !== undefined) {
      const { problem, offset } = reader.fault;
      return { problem: `is no BlobProto: ${problem} (byte ${offset})` };
    }
    const values = valuesOf(blob);
    if (values !== blob.count) {
      const shape = blob.shape.join('x');
      return { problem: `has ${values} values for the shape ${shape}` };
    }
    return { shape: blob.shape, data: readRuns(opened, blob.runs) };
  } finally {
    opened.close();
  }
}

function opening(path: string): ReturnType<typeof openFile> | string {
  try {
    return openFile(path);
  } catch (thrown) {
    if (thrown instanceof Error) return `cannot be opened: ${thrown.message}`;
    throw thrown;
  }
}
