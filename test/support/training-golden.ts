import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A blob of numbers, as far as a golden tells of it. */
export interface BlobDigest {
  readonly layer: string;
  readonly blob: number;
  readonly slot?: number;
  readonly shape: readonly number[];
  readonly l2: number;
  readonly first16: readonly number[];
  readonly shared_with?: readonly [string, number];
}

export type Outputs = Readonly<Record<string, readonly number[]>>;

export interface PassGolden {
  readonly loss: number;
  readonly outputs: Outputs;
}

export interface IterationGolden extends PassGolden {
  readonly iter: number;
  readonly lr: number;
  readonly accumulated?: readonly PassGolden[];
}

export interface TestGolden {
  readonly iter: number;
  readonly net: number;
  readonly outputs: Outputs;
  readonly batches: readonly Outputs[];
}

/** A run of the reference's solver (training/README.md of the reference material). */
export interface TrainingGolden {
  readonly golden: string;
  readonly solver_file: string;
  readonly solver: string;
  readonly net_file: string;
  readonly net: string;
  readonly init_weights: string;
  readonly iterations: readonly IterationGolden[];
  readonly gradients: Readonly<Record<string, readonly BlobDigest[]>>;
  readonly final_params: readonly BlobDigest[];
  readonly solverstate: {
    readonly iter: number;
    readonly current_step: number;
    readonly history: readonly BlobDigest[];
  };
  readonly after: { readonly train_forward: PassGolden };
  readonly tests: readonly TestGolden[];
  readonly resumed_from?: {
    readonly iter: number;
    readonly solverstate: string;
  };
  readonly float32_spread: {
    readonly loss_abs: readonly number[];
  };
  readonly perturbed_spread: { readonly may_flip_from?: number };
}

export const trainingGoldens = (folder: string): readonly TrainingGolden[] =>
  readdirSync(join(folder, 'training/goldens'))
    .toSorted()
    .map(
      (file) =>
        JSON.parse(
          readFileSync(join(folder, 'training/goldens', file), 'utf8'),
        ) as TrainingGolden,
    );

/** How far from the reference a number of the run may be (training/README.md, Tolerance). */
export class Tolerances {
  private readonly golden: TrainingGolden;

  constructor(golden: TrainingGolden) {
    this.golden = golden;
  }

  get isAttention(): boolean {
    return this.golden.golden.startsWith('attention');
  }

  private get flipsFrom(): number | undefined {
    return this.golden.perturbed_spread.may_flip_from;
  }

  /** Of the loss at an iteration, absolute; also of what follows the last one. */
  loss(iteration: number): number {
    const spread = this.golden.float32_spread.loss_abs.slice(0, iteration + 1);
    const steady = 1e-4 + 20 * Math.max(0, ...spread);
    const flips = this.flipsFrom !== undefined && iteration >= this.flipsFrom;
    return flips ? Math.max(steady, 2e-2) : steady;
  }

  /** Relative. */
  get gradients(): number {
    return this.isAttention ? 1e-3 : 1e-4;
  }

  /** Of final parameters, relative. */
  get finalBlobs(): number {
    return this.flipsFrom === undefined ? 1e-4 : 2e-2;
  }
}
