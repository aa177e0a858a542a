import {
  expectGradients,
  expectHistory,
  expectIterations,
  expectParameters,
  expectTests,
} from './compare-trajectory.js';
import { referenceFolder } from './reference.js';
import { requireNative } from './require-native.js';
import { type TrainingGolden, trainingGoldens } from './training-golden.js';
import { TrajectoryProcess } from './trajectory-process.js';
import type { Trajectory } from './walk-trajectory.js';

const training = referenceFolder('training');
const folder = training?.replace(/training$/, '');
const goldens = folder === undefined ? [] : trainingGoldens(folder);

interface Walks {
  readonly chosen: (golden: TrainingGolden) => boolean;
  /** Of the process that walks. */
  readonly environment: Readonly<Record<string, string>>;
  readonly compare: (golden: TrainingGolden, walked: Trajectory) => void;
}

/** Walks goldens in one process and hands each to what compares it. */
export function itWalks({ chosen, environment, compare }: Walks): void {
  let walker: TrajectoryProcess | undefined;

  before(function () {
    requireNative(this);
    walker = new TrajectoryProcess(folder ?? '', environment);
  });

  after(async () => {
    await walker?.close();
  });

  for (const golden of goldens.filter(chosen)) {
    it(golden.golden, async () => {
      if (walker === undefined) throw new Error('no process');
      compare(golden, await walker.walk(golden.golden));
    });
  }
}

/** Everything that a golden tells, at its tolerance. */
export function expectTrajectory(
  golden: TrainingGolden,
  walked: Trajectory,
): void {
  expectGradients(golden, walked);
  expectIterations(golden, walked);
  expectTests(golden, walked);
  expectParameters(golden, walked);
  expectHistory(golden, walked);
}

/** Deep nets with batch normalisation; the others are plain. */
export const isAttention = ({ golden }: TrainingGolden): boolean =>
  golden.startsWith('attention');

/**
 * oneDNN rounds equal sums in a flat part of an image differently, and then another of two
 * equal maxima gets the gradient than in Caffe.
 */
export const withoutOneDnn = { TF_ENABLE_ONEDNN_OPTS: '0' } as const;
