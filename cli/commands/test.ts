import { compile, type Model } from '../../compiler/compile.js';
import { type Diagnostic, isError } from '../../compiler/diagnostics.js';
import { optimising } from '../../compiler/passes/index.js';
import { layersOf } from '../../compiler/read-net.js';
import { loadNet } from '../../compiler/schema/load-net.js';
import { toolState } from '../../compiler/solver/net-states.js';

import type { NetData } from '../../runtime/data/net-data.js';
import { openNetData } from '../../runtime/data/open-net-data.js';
import { openEvaluator } from '../../runtime/evaluator.js';
import { BatchFeed } from '../../runtime/training/batch-feed.js';
import {
  observedFacts,
  observedTops,
} from '../../runtime/training/observed-tops.js';
import { type TestMeans, testRun } from '../../runtime/training/test-run.js';
import {
  shapeMisfits,
  unfedInputs,
} from '../../runtime/training/training-data.js';
import { withMemoryCure } from '../../runtime/training/training-failure.js';

import { type Emit, type Outcome, runStage } from '../events.js';
import { readSource } from '../files.js';
import type { NetFlags, OutputFlags } from '../flags.js';
import { strayShapes } from '../input-shapes.js';
import {
  forwardOnly,
  pipelineHere,
  type PrecisionFlags,
} from '../precision.js';
import { readOptionsOf } from '../read-options.js';
import { debugLine } from '../report/debug-log.js';
import { glogLine, logOrigin } from '../report/glog-line.js';
import { batchLines, meanLines, testJson, testView } from '../report/test.js';
import type { LogLine } from '../report/train-log.js';
import { useScratch } from '../scratch.js';
import { openWeights } from '../weight-files.js';

export interface TestFlags extends NetFlags, OutputFlags, PrecisionFlags {
  readonly model: string;
  readonly weights: readonly string[];
  readonly iterations: number;
  readonly workers?: number;
  readonly skipBad?: true;
}

/** Scores a net on batches of its own data, as `caffe test`. */
export async function test(flags: TestFlags, emit: Emit): Promise<Outcome> {
  const weights = openWeights(flags.weights);
  try {
    const opened = await openTested(flags, emit);
    if (opened === undefined) return 'refused';
    const { model, data, debug } = opened;
    const feed = new BatchFeed(data);
    try {
      const fitted = weights.fit(model.net);
      emit({ kind: 'diagnostics', diagnostics: fitted.diagnostics });
      if (fitted.diagnostics.some(isError)) return 'refused';
      const means = await withMemoryCure(() =>
        score({ model, debug, fitted, feed, flags }, emit),
      );
      const { iterations } = flags;
      const report = { net: model.net, iterations, ...means };
      emit({
        kind: 'result',
        document: () => testJson(report),
        view: () => testView(report),
      });
      return 'done';
    } finally {
      await feed.close();
    }
  } finally {
    weights.close();
  }
}

interface Tested {
  readonly model: Model;
  readonly data: NetData | undefined;
  /** Whether the net says `debug_info`. */
  readonly debug: boolean;
}

/** The net with its data, compiled for the shapes that these have. */
async function openTested(
  flags: TestFlags,
  emit: Emit,
): Promise<Tested | undefined> {
  const source = readSource(flags.model);
  const { phase, level } = flags;
  const { stages } = toolState('test', { stage: flags.stage.join(',') });
  const options = { ...readOptionsOf(flags), phase, level, stages };
  const { inputShapes = new Map() } = options;
  const debug = loadNet(source, options).net?.get('debug_info') ?? false;
  const { data, diagnostics: ofData } = await openNetData(
    layersOf(source, options).layers,
    {
      phase,
      seed: 1,
      skipBad: flags.skipBad ?? false,
      ...(flags.workers === undefined ? {} : { workers: flags.workers }),
    },
  );
  const pipeline = await pipelineHere(flags, optimising, emit, forwardOnly);
  const shapes = data?.shapes ?? new Map<string, readonly number[]>();
  const { model, diagnostics } = await runStage(
    emit,
    `compiling ${flags.model}`,
    () =>
      compile(source, {
        ...options,
        pipeline,
        ...(debug ? { observed: observedTops } : {}),
        inputShapes: new Map([...inputShapes, ...shapes]),
      }),
  );
  const said: readonly Diagnostic[] = [
    ...ofData,
    ...diagnostics,
    ...(model === undefined ? [] : strayShapes(model.net, options)),
    ...shapeMisfits(inputShapes, shapes),
    ...(model === undefined ? [] : unfedInputs([model.net], [data])),
  ];
  emit({ kind: 'diagnostics', diagnostics: said });
  if (model !== undefined && !said.some(isError)) return { model, data, debug };
  await data?.close();
  return undefined;
}

interface Scoring extends Omit<Tested, 'data'> {
  readonly fitted: ReturnType<ReturnType<typeof openWeights>['fit']>;
  readonly feed: BatchFeed;
  readonly flags: TestFlags;
}

async function score(
  { model, debug, fitted, feed, flags: { iterations } }: Scoring,
  emit: Emit,
): Promise<TestMeans> {
  const log = ([place, message]: LogLine): void => {
    emit({ kind: 'log', line: glogLine(place, message, logOrigin()) });
  };
  const { net } = model;
  useScratch();
  log(['caffe.cpp:284', 'Use CPU.']);
  const evaluator = await runStage(emit, 'starting TensorFlow', () =>
    openEvaluator(model),
  );
  try {
    await evaluator.initialize();
    await runStage(emit, 'assigning weights', (progress) =>
      evaluator.assign(fitted.blobs, progress),
    );
    log(['caffe.cpp:290', `Running for ${iterations} iterations.`]);
    const parameters = debug ? await evaluator.read() : new Map();
    const means = await testRun(model, evaluator, feed, {
      iterations,
      observe: (outputs) => {
        if (debug)
          observedFacts(net, outputs, parameters).map(debugLine).forEach(log);
      },
      tell: (batch, scores) => {
        batchLines(batch, scores).forEach(log);
      },
    });
    meanLines(means).forEach(log);
    return means;
  } finally {
    await evaluator.close();
  }
}
