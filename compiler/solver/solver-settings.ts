import { type Diagnostic, isError } from '../diagnostics.js';
import type { Message } from '../schema/message.js';
import { checkSolver } from './check-solver.js';

/** The rules by which a solver changes parameters. */
export const solverTypes = [
  'SGD',
  'Nesterov',
  'AdaGrad',
  'RMSProp',
  'AdaDelta',
  'Adam',
] as const;

export type SolverType = (typeof solverTypes)[number];

/** How the learning rate goes with the iteration. */
export const ratePolicies = [
  'fixed',
  'step',
  'exp',
  'inv',
  'multistep',
  'poly',
  'sigmoid',
] as const;

export type RatePolicy = (typeof ratePolicies)[number];

/** What the rate of an iteration depends on. */
export interface RateSettings {
  readonly policy: RatePolicy;
  readonly baseRate: number;
  readonly gamma: number;
  readonly power: number;
  readonly stepSize: number;
  readonly stepValues: readonly number[];
  readonly maxIterations: number;
}

/** When nets are tested, and on how much. */
export interface TestSettings {
  /** Batches of each test net. */
  readonly iterations: readonly number[];
  /** Iterations between tests; 0: none. */
  readonly interval: number;
  /** Whether there is one before the first iteration. */
  readonly atStart: boolean;
  /** Whether the loss of the whole test net is told. */
  readonly computeLoss: boolean;
}

export interface SnapshotSettings {
  /** Iterations between snapshots; 0: none. */
  readonly interval: number;
  readonly prefix: string;
  readonly format: 'HDF5' | 'BINARYPROTO';
  readonly afterTraining: boolean;
  /** Whether snapshots hold the last update of each parameter too. */
  readonly withUpdates: boolean;
}

/** What a SolverParameter says, checked; floats are float32 values. Plain data. */
export interface SolverSettings {
  readonly type: SolverType;
  readonly rate: RateSettings;
  /** Of SGD, Nesterov; the decay of AdaDelta's averages; Adam's beta1. */
  readonly momentum: number;
  /** Adam's beta2. */
  readonly momentum2: number;
  readonly rmsDecay: number;
  /** What AdaGrad, RMSProp, AdaDelta and Adam add against division by 0. */
  readonly delta: number;
  readonly weightDecay: number;
  readonly regularization: 'L1' | 'L2';
  /** The largest L2 norm of all gradients; undefined: no limit. */
  readonly clipGradients: number | undefined;
  /** Passes whose gradients make one update. */
  readonly passes: number;
  /** Iterations over which the loss that is told is averaged. */
  readonly averageLoss: number;
  readonly test: TestSettings;
  /** Iterations between lines of the log; 0: none. */
  readonly display: number;
  readonly maxIterations: number;
  readonly snapshot: SnapshotSettings;
  /** undefined: another one in every run. */
  readonly randomSeed: number | undefined;
  readonly mode: 'CPU' | 'GPU';
  readonly device: number;
  readonly debugInfo: boolean;
  /** Weight files to start from, as written: each may name several, with commas. */
  readonly weights: readonly string[];
}

export interface ReadSettings {
  /** undefined where an error is among the diagnostics. */
  readonly settings: SolverSettings | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and checks a solver in today's form (`loadSolver` brings old ones to it). */
export function solverSettings(
  solver: Message<'SolverParameter'>,
): ReadSettings {
  const diagnostics = checkSolver(solver);
  return {
    settings: diagnostics.some(isError) ? undefined : settingsOf(solver),
    diagnostics,
  };
}

function settingsOf(solver: Message<'SolverParameter'>): SolverSettings {
  const clip = solver.get('clip_gradients');
  const seed = solver.get('random_seed');
  return {
    type: solver.get('type') as SolverType,
    rate: rateSettings(solver),
    momentum: solver.get('momentum'),
    momentum2: solver.get('momentum2'),
    rmsDecay: solver.get('rms_decay'),
    delta: solver.get('delta'),
    weightDecay: solver.get('weight_decay'),
    regularization: solver.get('regularization_type') === 'L1' ? 'L1' : 'L2',
    clipGradients: clip < 0 ? undefined : clip,
    passes: solver.get('iter_size'),
    averageLoss: solver.get('average_loss'),
    test: {
      iterations: solver.get('test_iter'),
      interval: solver.get('test_interval'),
      atStart: solver.get('test_initialization'),
      computeLoss: solver.get('test_compute_loss'),
    },
    display: solver.get('display'),
    maxIterations: solver.get('max_iter'),
    snapshot: snapshotSettings(solver),
    randomSeed: seed < 0 ? undefined : seed,
    mode: solver.get('solver_mode') === 'CPU' ? 'CPU' : 'GPU',
    device: [solver.get('device_id')].flat()[0] ?? 0,
    debugInfo: solver.get('debug_info'),
    weights: solver.get('weights'),
  };
}

const rateSettings = (solver: Message<'SolverParameter'>): RateSettings => ({
  policy: solver.get('lr_policy') as RatePolicy,
  baseRate: solver.get('base_lr'),
  gamma: solver.get('gamma'),
  power: solver.get('power'),
  stepSize: solver.get('stepsize'),
  stepValues: solver.get('stepvalue'),
  maxIterations: solver.get('max_iter'),
});

const snapshotSettings = (
  solver: Message<'SolverParameter'>,
): SnapshotSettings => ({
  interval: solver.get('snapshot'),
  prefix: solver.get('snapshot_prefix'),
  format: solver.get('snapshot_format') === 'HDF5' ? 'HDF5' : 'BINARYPROTO',
  afterTraining: solver.get('snapshot_after_train'),
  withUpdates: solver.get('snapshot_diff'),
});
