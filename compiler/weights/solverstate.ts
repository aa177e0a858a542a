import type { BlobToWrite } from './caffemodel-writer.js';

/**
 * Where a training was when its snapshot was written (caffe.proto, SolverState). History
 * blobs are in the order of the learnable parameters, shared ones once; AdaDelta and Adam
 * have a second round of them.
 */
export interface SolverState<Blob extends BlobToWrite = BlobToWrite> {
  /** Iterations done. */
  readonly iter: number;
  /** The weight file of the same snapshot, as its writer named it. */
  readonly learnedNet: string;
  /** Steps that the multistep policy has made. */
  readonly currentStep: number;
  readonly history: readonly Blob[];
}
