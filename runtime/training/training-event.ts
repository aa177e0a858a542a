/** A number among the outputs of a net, as Caffe counts them: a blob may have several. */
export interface Score {
  /** Of the blob. */
  readonly name: string;
  readonly value: number;
  /** By which the blob counts in the loss; 0: not at all. */
  readonly lossWeight: number;
}

export interface IterationFacts {
  /** Counted from 0. */
  readonly iteration: number;
  readonly rate: number;
  /** Before the update: the weighted sum, mean over the passes of the iteration. */
  readonly loss: number;
  readonly smoothedLoss: number;
  /** Of the last pass. */
  readonly scores: readonly Score[];
  /** Of the sum of all passes; undefined where the solver does not clip. */
  readonly gradientNorm: number | undefined;
  /** What the multistep policy has come to, where it went on in this iteration. */
  readonly step: number | undefined;
}

/** What `debug_info` tells of a pass, a line each: means of absolute values. */
export type DebugFact =
  | {
      readonly kind: 'top';
      readonly layer: string;
      readonly blob: string;
      readonly mean: number;
    }
  | {
      readonly kind: 'parameter';
      readonly layer: string;
      readonly parameter: string;
      readonly mean: number;
    }
  | {
      readonly kind: 'bottom-gradient';
      readonly layer: string;
      readonly blob: string;
      readonly mean: number;
    }
  | {
      readonly kind: 'parameter-gradient';
      readonly layer: string;
      readonly parameter: string;
      readonly mean: number;
    }
  | {
      /** Of all learnable parameters together. */
      readonly kind: 'norms';
      readonly l1: { readonly data: number; readonly gradient: number };
      readonly l2: { readonly data: number; readonly gradient: number };
    };

/** What a training tells while it runs, in the order in which it happens. */
export type TrainingEvent =
  | {
      /** After a pass that was asked for it. */
      readonly kind: 'debug';
      readonly facts: readonly DebugFact[];
    }
  | {
      readonly kind: 'started';
      readonly net: string;
      readonly policy: string;
      readonly iteration: number;
      readonly maxIterations: number;
    }
  | ({
      readonly kind: 'iteration';
      /** Since the training began, in milliseconds. */
      readonly waited: number;
    } & IterationFacts)
  | {
      readonly kind: 'test-started';
      readonly iteration: number;
      readonly net: number;
    }
  | {
      readonly kind: 'tested';
      readonly iteration: number;
      readonly net: number;
      /** Means over the batches of the test. */
      readonly scores: readonly Score[];
      /** Of the whole net, with `test_compute_loss`. */
      readonly loss: number | undefined;
    }
  | { readonly kind: 'test-interrupted' }
  | {
      /** It is about to be written. */
      readonly kind: 'snapshot';
      readonly iteration: number;
      readonly weights: string;
      readonly state: string;
      readonly format: 'HDF5' | 'BINARYPROTO';
    }
  | {
      /** It is whole on the disk. */
      readonly kind: 'snapshot-written';
      readonly iteration: number;
      readonly weights: string;
      readonly state: string;
    }
  | {
      /** The pass after the last update that only tells the loss. */
      readonly kind: 'final-loss';
      readonly iteration: number;
      readonly smoothedLoss: number;
    }
  | { readonly kind: 'ended'; readonly why: 'done' | 'stopped' };

export type TellTraining = (event: TrainingEvent) => void;
