import {
  compileSolver,
  type SolverModel,
} from '../../compiler/compile-solver.js';
import { type Diagnostic, isError } from '../../compiler/diagnostics.js';
import {
  netsOfSolver,
  type SolverNet,
} from '../../compiler/solver/nets-of-solver.js';
import {
  type SolverSettings,
  solverSettings,
} from '../../compiler/solver/solver-settings.js';

import { BatchFeed } from './batch-feed.js';
import { removeLeftovers } from './find-snapshot.js';
import { firstBadLayer } from './first-bad-layer.js';
import { giveStart } from './give-start.js';
import { SmoothedLoss } from './smoothed-loss.js';
import { snapshotPrefix, snapshotProblems } from './snapshot-place.js';
import { openSolverSession } from './solver-session.js';
import { type StartingPoint, startingPoint } from './starting-point.js';
import { takeSnapshot } from './take-snapshot.js';
import type { TrainingRun, TrainingState } from './trainer.js';
import {
  openTrainingData,
  type TrainingData,
  unfedInputs,
} from './training-data.js';
import { withMemoryCure } from './training-failure.js';
import type { TrainingRequest } from './training-request.js';

/** A training that is ready to run. */
export interface OpenTraining {
  readonly run: TrainingRun;
  /** The solver state that it goes on from. */
  readonly resumed: string | undefined;
  /** The weight files that it starts from. */
  readonly weights: readonly string[];
  readonly seed: number;
  close(): Promise<void>;
}

/**
 * Opens all that a training needs: nets, data, the session with its parameters. undefined
 * where the request was refused; why is among the diagnostics that were reported.
 */
export async function openTraining(
  request: TrainingRequest,
): Promise<OpenTraining | undefined> {
  const prepared = prepare(request);
  if (prepared === undefined) return undefined;
  const { settings, point, nets } = prepared;
  removeLeftovers(settings.snapshot.prefix);
  const { data, diagnostics } = await request.stage('opening data', () =>
    openTrainingData(nets, request, point),
  );
  try {
    const opened = isRefused(request, diagnostics)
      ? undefined
      : await openOn(request, prepared, data);
    if (opened === undefined) await data.close();
    return opened;
  } catch (thrown) {
    await data.close();
    throw thrown;
  }
}

/** Reports; gives whether there is an error. */
function isRefused(
  { report }: TrainingRequest,
  diagnostics: readonly Diagnostic[],
): boolean {
  report(diagnostics);
  return diagnostics.some(isError);
}

interface Prepared {
  readonly settings: SolverSettings;
  readonly point: StartingPoint;
  readonly nets: readonly SolverNet[];
}

/** What is known before any data is opened: settings, where to start, layers. */
function prepare(request: TrainingRequest): Prepared | undefined {
  const { solver, resolve } = request;
  const read = solverSettings(solver);
  const built = netsOfSolver(solver, resolve, request.nets);
  if (read.settings === undefined || built.diagnostics.some(isError)) {
    // Of the nets only the solver's own mistakes are sure: shapes are not known yet.
    request.report([...read.diagnostics, ...built.diagnostics]);
    return undefined;
  }
  const settings = asAsked(read.settings, request);
  const found = startingPoint(request, {
    prefix: settings.snapshot.prefix,
    randomSeed: settings.randomSeed,
  });
  if (isRefused(request, found.diagnostics) || found.point === undefined)
    return undefined;
  return { settings, point: found.point, nets: built.nets };
}

const asAsked = (
  settings: SolverSettings,
  { maxIterations = settings.maxIterations, solverFile }: TrainingRequest,
): SolverSettings => ({
  ...settings,
  maxIterations,
  rate: { ...settings.rate, maxIterations },
  snapshot: {
    ...settings.snapshot,
    prefix: snapshotPrefix(settings.snapshot.prefix, solverFile),
  },
});

async function openOn(
  request: TrainingRequest,
  { settings, point }: Prepared,
  data: TrainingData,
): Promise<OpenTraining | undefined> {
  const model = await compiledModel(request, { settings, point }, data);
  if (model === undefined) return undefined;
  const { train, tests } = model;
  const mistakes = [
    ...unfedInputs([train, ...tests], data.nets),
    ...snapshotProblems(request.solver, model.settings, train),
  ];
  if (isRefused(request, mistakes)) return undefined;
  const session = await request.stage('starting TensorFlow', () =>
    openSolverSession(model),
  );
  try {
    const given = await withMemoryCure(() =>
      giveStart({ request, model, session, point }),
    );
    if (isRefused(request, given.diagnostics)) {
      await session.close();
      return undefined;
    }
    const [trainFeed = new BatchFeed(undefined), ...testFeeds] = data.nets.map(
      (each) => new BatchFeed(each),
    );
    const feeds = { train: trainFeed, tests: testFeeds };
    const { tell, interruption } = request;
    const { seed } = point;
    const source = { model, session, ...feeds, seed, tell };
    return {
      run: {
        model,
        session,
        ...feeds,
        start: startOf(model, point, given.state),
        interruption,
        tell,
        snapshot: (state) => takeSnapshot(source, state),
        firstBadLayer: async (inputs) =>
          firstBadLayer(train, await session.read(), inputs),
      },
      resumed: point.state,
      weights: given.weights,
      seed,
      close: async () => {
        await session.close();
        for (const feed of [feeds.train, ...feeds.tests]) await feed.close();
      },
    };
  } catch (thrown) {
    await session.close();
    throw thrown;
  }
}

/** Where the run begins: all at 0, or what a snapshot says. */
function startOf(
  model: SolverModel,
  { record }: StartingPoint,
  state: { readonly iteration: number; readonly currentStep: number },
): TrainingState {
  const { averageLoss } = model.settings;
  return {
    ...state,
    smoothed: new SmoothedLoss(
      averageLoss,
      record?.losses,
      record?.smoothedLoss,
    ),
  };
}

async function compiledModel(
  request: TrainingRequest,
  { settings, point }: Pick<Prepared, 'settings' | 'point'>,
  data: TrainingData,
): Promise<SolverModel | undefined> {
  const { solver, resolve, nets, protectStatistics, pipeline } = request;
  const { model, diagnostics } = await request.stage(
    `compiling ${request.solverFile}`,
    () =>
      Promise.resolve(
        compileSolver(solver, resolve, {
          ...nets,
          protectStatistics,
          pipeline,
          seed: point.seed,
          inputShapes: (net) => data.shapesOf(net),
        }),
      ),
  );
  return isRefused(request, diagnostics) || model === undefined
    ? undefined
    : { ...model, settings };
}
