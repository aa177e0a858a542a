import { statSync } from 'node:fs';

import { type Diagnostic, diagnostic } from '../../../compiler/diagnostics.js';
import { readRuns } from '../../../compiler/weights/blob-data.js';
import {
  type BlobIndex,
  readBlobProto,
  valuesOf,
} from '../../../compiler/weights/blob-proto.js';
import type { ByteSource } from '../../../compiler/weights/byte-source.js';
import { WireReader } from '../../../compiler/weights/wire-reader.js';

import { openFile } from '../../file-source.js';

/** The mean of all images of a set, C x H x W, in the channels' order of the images. */
export interface MeanImage {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

export interface ReadMean {
  /** undefined where an error is among the diagnostics. */
  readonly mean: MeanImage | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a `.binaryproto`: a BlobProto of one image, with the legacy sizes or a shape, of
 * floats or doubles (data_transformer.cpp reads it by Blob::FromProto).
 */
export function readMeanFile(path: string): ReadMean {
  const opened = opening(path);
  if (typeof opened === 'string') return refused(path, opened);
  try {
    return readMean(opened);
  } finally {
    opened.close();
  }
}

function opening(path: string): ReturnType<typeof openFile> | string {
  try {
    // A pipe or a device may never end.
    if (!statSync(path).isFile()) return 'is no file';
    return openFile(path);
  } catch (thrown) {
    if (thrown instanceof Error) return `cannot be opened: ${thrown.message}`;
    throw thrown;
  }
}

function readMean(source: ByteSource): ReadMean {
  const reader = new WireReader(source);
  const blob = readBlobProto(reader, source.size);
  if (reader.fault !== undefined) {
    const { problem, offset } = reader.fault;
    return refused(source.name, `is no BlobProto: ${problem} (byte ${offset})`);
  }
  const sizes = imageSizes(blob);
  if (sizes === undefined) {
    const shape = blob.shape.join('x');
    return refused(source.name, `is of shape ${shape}, which is no image`);
  }
  const values = valuesOf(blob);
  if (values !== blob.count) {
    const shape = blob.shape.join('x');
    return refused(source.name, `has ${values} values for the shape ${shape}`);
  }
  const [channels, height, width] = sizes;
  const data = shared(readRuns(source, blob.runs));
  return { mean: { channels, height, width, data }, diagnostics: [] };
}

/** The last three of at most four axes; Caffe adds axes of 1 in front. */
function imageSizes({
  shape,
}: BlobIndex): readonly [number, number, number] | undefined {
  if (shape.length > 4) return undefined;
  const [num = 1, ...sizes] = [1, 1, 1, 1, ...shape].slice(-4);
  const [channels = 1, height = 1, width = 1] = sizes;
  if (num !== 1 || channels * height * width === 0) return undefined;
  return [channels, height, width];
}

/** Threads that get the settings get this memory, not a copy each. */
function shared(values: Float32Array): Float32Array {
  const copy = new Float32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

const refused = (file: string, problem: string): ReadMean => ({
  mean: undefined,
  diagnostics: [diagnostic('data/mean-file', { file, problem })],
});
