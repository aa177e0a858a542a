import { existsSync } from 'node:fs';

import type { SolverModel } from '../../compiler/compile-solver.js';
import {
  type Diagnostic,
  diagnostic,
  isError,
} from '../../compiler/diagnostics.js';
import { slopesAtZero } from '../../compiler/solver/training-notes.js';
import { fitWeights } from '../../compiler/weights/fit.js';

import {
  type OpenWeightFile,
  openWeightFile,
} from '../weights/open-weights.js';
import { environmentWarnings, trainingEnvironment } from './environment.js';
import { statesInRecord } from './layer-states.js';
import { type RestoredState, restoreSnapshot } from './restore-snapshot.js';
import type { SolverSession } from './solver-session.js';
import type { StartingPoint } from './starting-point.js';
import type { TrainingRequest } from './training-request.js';

export interface StartGiven {
  readonly state: RestoredState;
  /** The files whose values the parameters have. */
  readonly weights: readonly string[];
  /** With an error where nothing was given. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface StartToGive {
  readonly request: TrainingRequest;
  readonly model: SolverModel;
  readonly session: SolverSession;
  readonly point: StartingPoint;
}

const beginning: RestoredState = { iteration: 0, currentStep: 0 };

/** Gives a session what its training begins with: fillers' values, weights, or a snapshot. */
export async function giveStart(start: StartToGive): Promise<StartGiven> {
  const { request, session, point } = start;
  await session.initialize();
  const { state } = point;
  return state === undefined
    ? await request.stage('assigning weights', () => giveWeights(start))
    : await request.stage('restoring the snapshot', () =>
        giveSnapshot(start, state),
      );
}

async function giveSnapshot(
  { model, session, point: { record } }: StartToGive,
  path: string,
): Promise<StartGiven> {
  const restored = await restoreSnapshot(model, session, path);
  const diagnostics = [...restored.diagnostics];
  if (record !== undefined && restored.state !== undefined) {
    const kept = statesInRecord(model, record);
    await session.assignLayerStates(kept.states);
    const now = trainingEnvironment(model);
    diagnostics.push(
      ...kept.diagnostics,
      ...environmentWarnings(record.environment, now),
    );
  }
  return { state: restored.state ?? beginning, weights: [], diagnostics };
}

async function giveWeights({
  request,
  model,
  session,
}: StartToGive): Promise<StartGiven> {
  const paths = weightPaths(request, model);
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length > 0) {
    const span = request.solver.spanOf('weights');
    return {
      state: beginning,
      weights: [],
      diagnostics: missing.map((file) =>
        diagnostic('solver/weights-missing', { file }, { span }),
      ),
    };
  }
  const opened = paths.map(openWeightFile);
  try {
    const fitted = fitAll(model, opened);
    if (!fitted.diagnostics.some(isError)) await session.assign(fitted.blobs);
    return {
      state: beginning,
      weights: paths,
      diagnostics: fitted.diagnostics,
    };
  } finally {
    for (const { close } of opened) close();
  }
}

/** Those of the command line instead of the solver's. */
const weightPaths = (
  { weights }: TrainingRequest,
  { settings }: SolverModel,
): readonly string[] =>
  weights.length > 0
    ? weights
    : settings.weights
        .flatMap((list) => list.split(','))
        .map((path) => path.trim())
        .filter((path) => path !== '');

function fitAll(
  { train }: SolverModel,
  opened: readonly OpenWeightFile[],
): Pick<ReturnType<typeof fitWeights>, 'blobs' | 'diagnostics'> {
  const diagnostics = opened.flatMap((each) => each.diagnostics);
  if (diagnostics.some(isError)) return { blobs: [], diagnostics };
  const files = opened.flatMap(({ file }) => file ?? []);
  const fitted = fitWeights(train, files);
  return {
    blobs: fitted.blobs,
    diagnostics: [
      ...diagnostics,
      // Without any file all layers are missing in it, which says nothing new.
      ...(files.length === 0 ? [] : fitted.diagnostics),
      ...slopesAtZero(train, fitted.missing),
    ],
  };
}
