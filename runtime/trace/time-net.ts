import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Model } from '../../compiler/compile.js';
import { gradientNames } from '../../compiler/lower.js';

import {
  type Assignment,
  GraphSession,
  hasGroupedConvolution,
} from '../graph-session.js';
import { setEnvironment } from '../session-thread.js';
import { trainingDefaults } from '../training/environment.js';
import { type LayerTimes, layerTimes } from './layer-times.js';
import { madeInputs, topGradients } from './made-inputs.js';
import { passTensors } from './pass-tensors.js';
import { type NodeTime, nodeTimes } from './step-stats.js';
import { TimedFunction } from './timed-function.js';
import { type TracedSession, TraceThread } from './trace-thread.js';

/** What passes of a net took, in milliseconds. */
export interface NetTimes {
  /** The loss of the pass that warms up; undefined for a net without one. */
  readonly initialLoss: number | undefined;
  /** Of each pass forward and backward, without a trace. */
  readonly passes: readonly number[];
  /** The mean of a pass forward alone. */
  readonly forward: number;
  /** The same of the net as `folded` has it. */
  readonly folded: number | undefined;
  /** Means of traced passes, forward and backward. */
  readonly layers: LayerTimes;
}

export interface TimeRequest {
  /** Compiled with `differentiate`, every layer by itself. */
  readonly model: Model;
  /** The net as it is computed where no gradients are wanted, to be timed beside it. */
  readonly folded: Model | undefined;
  /** Values of parameters; those that are missing get their filler's. */
  readonly weights: readonly Assignment[];
  readonly iterations: number;
  /** Is told each pass forward and backward when it is over. */
  readonly passed?: (iteration: number, milliseconds: number) => void;
}

/** A trace of so many passes tells the shares of the layers well enough. */
const mostTraced = 10;

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) /
  Math.max(1, numbers.length);

/**
 * Times passes of a net on made-up inputs; the gradients of outputs that are no loss are 1.
 * A net in phase TRAIN has the environment of a training, one in phase TEST that of `test`.
 */
export async function timeNet(request: TimeRequest): Promise<NetTimes> {
  const { model } = request;
  setEnvironment({
    environment: model.net.phase === 'TRAIN' ? trainingDefaults(model) : {},
    withoutGroups: !hasGroupedConvolution(model),
  });
  const thread = new TraceThread();
  try {
    return await timePasses(thread, request);
  } finally {
    await thread.close();
  }
}

/** Loads a model and gives its parameters their values. */
async function openTimed(
  thread: TraceThread,
  { savedModel }: Model,
  weights: readonly Assignment[],
): Promise<TracedSession> {
  const folder = await mkdtemp(join(tmpdir(), 'rancc-'));
  try {
    await writeFile(join(folder, 'saved_model.pb'), savedModel.bytes);
    const timed = await thread.load(folder);
    const session = new GraphSession(savedModel, timed, folder);
    await session.store('initialize');
    await session.assign('assign', weights);
    if (session.has('derive')) await session.store('derive');
    return timed;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Plain passes, passes forward alone and traced ones take turns, so that a slow moment of the
 * machine meets all of them.
 */
async function timePasses(
  thread: TraceThread,
  { model, folded, weights, iterations, passed = () => undefined }: TimeRequest,
): Promise<NetTimes> {
  const { graph } = model.savedModel;
  const inputs = madeInputs(model.net);
  const session = await openTimed(thread, model, weights);
  const forward = new TimedFunction(session, graph, 'predict', inputs);
  const given = new Map([...inputs, ...topGradients(model)]);
  const both = new TimedFunction(
    session,
    graph,
    'differentiate',
    given,
    (called) => passTensors(called, graph, model.net),
  );
  const alone =
    folded &&
    new TimedFunction(
      await openTimed(thread, folded, weights),
      folded.savedModel.graph,
      'predict',
      inputs,
    );
  const initialLoss = await warmUp(both, model);
  await both.run(true);
  await forward.run(false);
  await alone?.run(false);

  const passes: number[] = [];
  const forwards: number[] = [];
  const ofFolded: number[] = [];
  const nodes: NodeTime[] = [];
  const traced = Math.min(iterations, mostTraced);
  for (let iteration = 1; iteration <= iterations; iteration++) {
    const { milliseconds } = await both.run(false);
    passes.push(milliseconds);
    passed(iteration, milliseconds);
    forwards.push((await forward.run(false)).milliseconds);
    if (alone !== undefined) {
      ofFolded.push((await alone.run(false)).milliseconds);
    }
    // As many as are wanted, evenly among all.
    if ((iteration * traced) % iterations < traced) {
      const { metadata } = await both.run(true);
      if (metadata !== undefined) nodes.push(...nodeTimes(metadata));
    }
  }
  return {
    initialLoss,
    passes,
    forward: mean(forwards),
    folded: alone && mean(ofFolded),
    layers: layerTimes(nodes, graph, traced),
  };
}

/** The first pass, in which TensorFlow prepares the graph; gives the loss. */
async function warmUp(
  both: TimedFunction,
  { savedModel }: Model,
): Promise<number | undefined> {
  const loss = savedModel.graph.functions
    .find(({ name }) => name === 'differentiate')
    ?.outputs.get(gradientNames.loss)?.tensor;
  const { tensors } = await both.run(false, loss === undefined ? [] : [loss]);
  const value = tensors[0]?.data[0];
  return typeof value === 'number' ? value : undefined;
}
