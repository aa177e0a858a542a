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
    /** Of iterations 0 and 1. */
    readonly gradients_l2_max_rel: readonly number[];
    readonly final_l2_max_rel: number;
    readonly final_first16_max_abs: number;
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

  /** Relative. Not tighter than the reference is with itself. */
  get gradients(): number {
    if (!this.isAttention) return 1e-4;
    const [first = 0] = this.golden.float32_spread.gradients_l2_max_rel;
    return Math.max(1e-3, 3 * first);
  }

  /** Of final parameters, relative. Not tighter than the reference is with itself. */
  get finalBlobs(): number {
    if (this.flipsFrom === undefined) return 1e-4;
    return Math.max(2e-2, 3 * this.golden.float32_spread.final_l2_max_rel);
  }

  /** Of single final parameters, absolute: what the reference is from itself, where runs part. */
  get finalValues(): number {
    const { final_first16_max_abs: spread } = this.golden.float32_spread;
    return this.flipsFrom === undefined ? 0 : spread;
  }

  /** Whether the reference's own runs have parted by then: accuracies are another path's. */
  hasParted(iteration: number): boolean {
    return this.isAttention && this.loss(iteration) > 2e-2;
  }
}
