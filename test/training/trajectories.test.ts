import {
  expectGradients,
  expectHistory,
  expectIterations,
  expectParameters,
  expectTests,
} from '../support/compare-trajectory.js';
import { referenceFolder } from '../support/reference.js';
import { requireNative } from '../support/require-native.js';
import {
  type TrainingGolden,
  trainingGoldens,
} from '../support/training-golden.js';
import { TrajectoryProcess } from '../support/trajectory-process.js';
import type { Trajectory } from '../support/walk-trajectory.js';

const training = referenceFolder('training');
const folder = training?.replace(/training$/, '');
const goldens = folder === undefined ? [] : trainingGoldens(folder);

const isAttention = ({ golden }: TrainingGolden): boolean =>
  golden.startsWith('attention');

/** Walks goldens in one process and hands each to what compares it. */
function walks(
  what: string,
  chosen: readonly TrainingGolden[],
  environment: Readonly<Record<string, string>>,
  compare: (golden: TrainingGolden, walked: Trajectory) => void,
): void {
  describe(what, () => {
    let walker: TrajectoryProcess | undefined;

    before(function () {
      requireNative(this);
      walker = new TrajectoryProcess(folder ?? '', environment);
    });

    after(async () => {
      await walker?.close();
    });

    for (const golden of chosen) {
      it(golden.golden, async () => {
        if (walker === undefined) throw new Error('no process');
        compare(golden, await walker.walk(golden.golden));
      });
    }
  });
}

describe('Trajectories of the reference', () => {
  // oneDNN rounds equal sums in a flat part of an image differently, and then another of
  // two equal maxima gets the gradient than in Caffe.
  const environment = { TF_ENABLE_ONEDNN_OPTS: '0' };

  walks(
    'of plain nets',
    goldens.filter((golden) => !isAttention(golden)),
    environment,
    (golden, walked) => {
      expectGradients(golden, walked);
      expectIterations(golden, walked);
      expectTests(golden, walked);
      expectParameters(golden, walked);
      expectHistory(golden, walked);
    },
  );

  // Threads decide roundings, and so which ReLUs part.
  walks(
    'of Residual Attention',
    goldens.filter(isAttention),
    { ...environment, TF_NUM_INTRAOP_THREADS: '2' },
    (golden, walked) => {
      expectGradients(golden, walked);
      expectIterations(golden, walked);
      expectTests(golden, walked);
      expectParameters(golden, walked);
      expectHistory(golden, walked);
    },
  );
});
