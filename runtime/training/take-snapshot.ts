import type { SolverModel } from '../../compiler/compile-solver.js';

import type { BatchFeed } from './batch-feed.js';
import { trainingEnvironment } from './environment.js';
import { recordedStates } from './layer-states.js';
import { stateToWrite, weightsToWrite } from './snapshot-files.js';
import { snapshotNames } from './snapshot-names.js';
import type { SolverSession } from './solver-session.js';
import type { TrainingState } from './trainer.js';
import type { TellTraining } from './training-event.js';
import { writeSnapshot } from './write-snapshot.js';

/** What a snapshot is taken of. */
export interface SnapshotSource {
  readonly model: SolverModel;
  readonly session: SolverSession;
  readonly train: BatchFeed;
  readonly tests: readonly BatchFeed[];
  readonly seed: number;
  readonly tell: TellTraining;
}

/** Reads the session and writes what it holds beside where the data stand. */
export async function takeSnapshot(
  source: SnapshotSource,
  { iteration, currentStep, smoothed }: TrainingState,
): Promise<void> {
  const { model, session, train, tests, seed, tell } = source;
  const { prefix, format, withUpdates } = model.settings.snapshot;
  const names = snapshotNames(prefix, iteration, format);
  // What is told comes before what is done, as in Caffe: a failure then has its place.
  const { weights, state } = names;
  tell({ kind: 'snapshot', iteration, weights, state, format });
  const values = {
    parameters: await session.read(),
    history: await session.readHistory(),
    updates: withUpdates ? await session.readUpdates() : undefined,
  };
  const layerStates = recordedStates(await session.readLayerStates());
  await writeSnapshot({
    names,
    format,
    weights: weightsToWrite(model, values, weights),
    state: stateToWrite(model, values, {
      iter: iteration,
      currentStep,
      learnedNet: weights,
    }),
    record: {
      iteration,
      data: {
        train: train.position,
        tests: tests.map((feed) => feed.position),
      },
      seed,
      losses: smoothed.losses,
      smoothedLoss: smoothed.mean,
      ...layerStates,
      environment: trainingEnvironment(model),
    },
  });
  tell({ kind: 'snapshot-written', iteration, weights, state });
}
