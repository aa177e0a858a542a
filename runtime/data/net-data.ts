import type { Diagnostic } from '../../compiler/diagnostics.js';
import type { Shape } from '../../compiler/ir/types.js';

import type { Tensor } from '../tensor.js';

/** What all data layers of a net give for one forward pass, by top, in Caffe's axes. */
export interface Batch {
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Gives the memory back to the pipeline: nobody reads the tensors any more. */
  release(): void;
}

/**
 * How many batches each data layer has given, by the layer's name. Plain data: it is written
 * into a file and read again by a later process.
 */
export type DataPosition = Readonly<Record<string, number>>;

/** The data layers of one net, read as Caffe reads them and prefetched by worker threads. */
export interface NetData {
  /** Of every top of a data layer, in Caffe's order of axes. */
  readonly shapes: ReadonlyMap<string, Shape>;
  /** The next batch; rejects with a `DataFailure` that names file, key and record. */
  next(): Promise<Batch>;
  /** Where `next` goes on: what was prefetched does not count. */
  position(): DataPosition;
  /** How long calls of `next` have waited for data so far, in milliseconds. */
  readonly waited: number;
  /** How many records were bad and passed over, where that is allowed. */
  readonly skipped: number;
  /** Ends the workers and closes the sources. */
  close(): Promise<void>;
}

export interface NetDataOptions {
  readonly phase: 'TRAIN' | 'TEST';
  /** Of shuffling, cropping, mirroring and augmentation. */
  readonly seed: number;
  /** Threads that decode and transform; default: by the number of processors. */
  readonly workers?: number;
  /** Bound of the memory for batches that are ready or being filled, in bytes. */
  readonly memory?: number;
  /** Pass over bad records and count them, instead of failing. */
  readonly skipBad?: boolean;
  /** Where to go on; default: at the first record. */
  readonly position?: DataPosition;
}

export interface OpenedNetData {
  /** undefined where an error is among the diagnostics, or no layer is a data layer. */
  readonly data: NetData | undefined;
  readonly diagnostics: readonly Diagnostic[];
}
