import type { NumberFormat } from './number-format.js';
import { type Statistics, statisticsOf } from './statistics.js';
import {
  numberedBlobs,
  type WeightBlob,
  type WeightFile,
} from './weight-file.js';

export interface BlobReport extends Statistics {
  /** In its layer. */
  readonly number: number;
  readonly shape: readonly number[];
  readonly storedAs: WeightBlob['storedAs'];
  readonly format: NumberFormat;
  readonly sharedAs: string | undefined;
  readonly first: readonly number[];
}

export interface LayerReport {
  readonly name: string;
  readonly type: string;
  readonly blobs: readonly BlobReport[];
}

export interface WeightReport {
  readonly path: string;
  readonly name: string;
  readonly format: string;
  /** Of all layers together. */
  readonly parameters: number;
  readonly layers: readonly LayerReport[];
}

/** What is in a weight file, as plain data. One blob is in memory at a time. */
export function inspectWeights(file: WeightFile, first = 8): WeightReport {
  const layers = file.layers.map((layer) => ({
    name: layer.name,
    type: layer.type,
    blobs: numberedBlobs(layer).map(([number, blob]) =>
      inspectBlob(number, blob, first),
    ),
  }));
  const parameters = layers
    .flatMap(({ blobs }) => blobs)
    .reduce((sum, { count }) => sum + count, 0);
  const { path, name, format } = file;
  return { path, name, format, parameters, layers };
}

function inspectBlob(
  number: number,
  blob: WeightBlob,
  first: number,
): BlobReport {
  const values = blob.read();
  return {
    number,
    shape: blob.shape,
    storedAs: blob.storedAs,
    format: blob.format ?? 'float32',
    sharedAs: blob.sharedAs,
    ...statisticsOf(values),
    first: Array.from(values.subarray(0, first)),
  };
}
