import { existsSync } from 'node:fs';

import type { Source } from '../../grammar/source.js';

import type { SolverModel } from '../../compiler/compile-solver.js';
import type { Net } from '../../compiler/net/net.js';
import {
  training as trainingPasses,
  trainingOnGpu,
} from '../../compiler/passes/index.js';
import { loadSolver } from '../../compiler/schema/load-solver.js';
import type { Message } from '../../compiler/schema/message.js';
import { messageToText } from '../../compiler/schema/to-text.js';

import {
  PendingRequests,
  type SignalEffect,
} from '../../runtime/training/interruption.js';
import { openTraining } from '../../runtime/training/open-training.js';
import { runTraining } from '../../runtime/training/trainer.js';
import type { TrainingEvent } from '../../runtime/training/training-event.js';
import type { TrainingRequest } from '../../runtime/training/training-request.js';

import { chooseDevice } from '../device.js';
import { type Emit, type Outcome, runStage } from '../events.js';
import { readSource, requireFile } from '../files.js';
import type { NetFlags } from '../flags.js';
import { pipelineHere, type PrecisionFlags } from '../precision.js';
import { netOptionsOf } from '../read-options.js';
import { glogLine, logOrigin } from '../report/glog-line.js';
import { trainingJson } from '../report/train-json.js';
import { type LogLine, TrainLog } from '../report/train-log.js';
import { useScratch } from '../scratch.js';
import { takeOver } from '../signals.js';
import { TrainingWatch } from '../ui/training-view.js';
import { UsageError } from '../usage-error.js';

export interface TrainFlags
  extends Omit<NetFlags, 'phase' | 'globalPool'>, PrecisionFlags {
  readonly solver: string;
  readonly weights?: readonly string[];
  /** A solver state, or `auto`. */
  readonly snapshot?: string;
  readonly maxIter?: number;
  readonly sigintEffect: SignalEffect;
  readonly sighupEffect: SignalEffect;
  readonly restartData?: true;
  readonly protectStatistics?: true;
  readonly workers?: number;
  readonly skipBad?: true;
  readonly gpu?: string;
  readonly json?: true;
}

/** Trains a solver's net as `caffe train` does, and logs it in the same words. */
export async function train(flags: TrainFlags, emit: Emit): Promise<Outcome> {
  const log = ([place, message, severity]: LogLine): void => {
    emit({
      kind: 'log',
      line: glogLine(place, message, logOrigin(), severity),
    });
  };
  checkFlags(flags);
  const options = netOptionsOf({ ...flags, phase: 'TRAIN' });
  const source = readSource(flags.solver);
  const { solver, diagnostics } = loadSolver(source, options);
  emit({ kind: 'diagnostics', diagnostics });
  if (solver === undefined) return 'refused';
  useScratch();
  const device = await chooseDevice({
    gpu: flags.gpu,
    mode: solver.get('solver_mode') === 'CPU' ? 'CPU' : 'GPU',
    device: solver.has('device_id') ? deviceOf(solver) : undefined,
  });
  const passes = flags.gpu === undefined ? trainingPasses : trainingOnGpu;
  const told = telling(emit, log);
  const interruption = new PendingRequests();
  const release = answerSignals(flags, interruption);
  log(['caffe.cpp:211', device]);
  log([
    'solver.cpp:44',
    `Initializing solver from parameters: \n${messageToText(solver).trimEnd()}`,
  ]);
  try {
    const training = await openTraining({
      ...requestOf(flags, emit),
      solver,
      pipeline: await pipelineHere(flags, passes, emit, {
        differentiates: true,
      }),
      interruption,
      tell: told.tell,
    });
    if (training === undefined) return 'refused';
    try {
      told.begin(training.run.model);
      log(['solver.cpp:56', 'Solver scaffolding done.']);
      for (const file of training.weights)
        log(['caffe.cpp:155', `Finetuning from ${file}`]);
      if (training.resumed !== undefined) {
        log(['caffe.cpp:242', `Resuming from ${training.resumed}`]);
        log(['sgd_solver.cpp:318', 'SGDSolver: restoring history']);
      }
      log(['caffe.cpp:248', 'Starting Optimization']);
      await runTraining(training.run);
    } finally {
      await training.close();
    }
    return 'done';
  } finally {
    release();
  }
}

const deviceOf = (solver: Message<'SolverParameter'>): number | undefined =>
  [solver.get('device_id')].flat()[0];

/** Slips are told before any work is done. */
function checkFlags({ weights = [], snapshot }: TrainFlags): void {
  weights.forEach(requireFile);
  if (snapshot === undefined || snapshot === 'auto') return;
  if (weights.length > 0)
    throw new UsageError(
      'a snapshot has weights of its own: give --snapshot or --weights, not both',
    );
  requireFile(snapshot);
}

type RequestOfFlags = Omit<
  TrainingRequest,
  'solver' | 'pipeline' | 'interruption' | 'tell'
>;

function requestOf(flags: TrainFlags, emit: Emit): RequestOfFlags {
  const { strict, dialect, bnStatistics, readBlob } = netOptionsOf({
    ...flags,
    phase: 'TRAIN',
  });
  return {
    solverFile: flags.solver,
    resolve: (file: string): Source | undefined =>
      existsSync(file) ? readSource(file) : undefined,
    nets: {
      ...(strict === undefined ? {} : { strict }),
      ...(dialect === undefined ? {} : { dialect }),
      bnStatistics,
      readBlob,
      tool: { level: flags.level, stage: flags.stage.join(',') },
    },
    inputShapes: flags.inputShape,
    weights: flags.weights ?? [],
    snapshot: flags.snapshot,
    maxIterations: flags.maxIter,
    restartData: flags.restartData ?? false,
    protectStatistics: flags.protectStatistics ?? false,
    workers: flags.workers,
    skipBad: flags.skipBad ?? false,
    report: (diagnostics) => {
      emit({ kind: 'diagnostics', diagnostics });
    },
    stage: (name, work) => runStage(emit, name, work),
  };
}

/** What the trainer tells, as lines of the log and as JSON. */
function telling(
  emit: Emit,
  log: (line: LogLine) => void,
): {
  readonly begin: (model: SolverModel) => void;
  readonly tell: (event: TrainingEvent) => void;
} {
  let lines: TrainLog | undefined;
  let watch: TrainingWatch | undefined;
  return {
    begin: ({ settings, train: net }) => {
      lines = new TrainLog(settings);
      watch = new TrainingWatch(imagesOf(net, settings.passes));
    },
    tell: (event) => {
      lines?.lines(event).forEach(log);
      watch?.follow(event, performance.now());
      const view = watch;
      if (view !== undefined)
        emit({
          kind: 'training',
          view: () => view.view(performance.now(), process.memoryUsage.rss()),
        });
      const document = trainingJson(event);
      if (document !== undefined)
        emit({ kind: 'record', document: () => document });
    },
  };
}

/** In an iteration: the first axis of the first top that is fed. */
function imagesOf(
  { inputs: [first] }: Net,
  passes: number,
): number | undefined {
  const batch = first?.shape?.[0];
  return batch === undefined ? undefined : batch * passes;
}

/**
 * Signals ask the training for what they stand for. Who asks it to stop twice does not want
 * to wait: then the process ends as it would without a training.
 */
function answerSignals(
  { sigintEffect, sighupEffect }: TrainFlags,
  interruption: PendingRequests,
): () => void {
  const effects = { SIGINT: sigintEffect, SIGHUP: sighupEffect } as const;
  const releases = (['SIGINT', 'SIGHUP'] as const).map((signal) => {
    const effect = effects[signal];
    const release = takeOver(signal, () => {
      interruption.request(effect);
      if (effect === 'stop') release();
    });
    return release;
  });
  return () => {
    for (const release of releases) release();
  };
}
