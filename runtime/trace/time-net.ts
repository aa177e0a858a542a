import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Model } from '../../compiler/compile.js';
import { functionOf } from '../../compiler/ir/graph.js';
import { elementCount } from '../../compiler/ir/types.js';
import { gradientNames } from '../../compiler/lower.js';
import type { Net } from '../../compiler/net/net.js';
import { fillStream } from '../../compiler/weights/streams.js';

import { hasGroupedConvolution } from '../graph-session.js';
import { setEnvironment } from '../session-thread.js';
import type { Tensor } from '../tensor.js';
import { type LayerTimes, layerTimes } from './layer-times.js';
import type { NodeTime } from './step-stats.js';
import { TracedGraph } from './traced-graph.js';

/** What passes of a net took, in milliseconds. */
export interface NetTimes {
  /** The loss of the pass that warms up; undefined for a net without one. */
  readonly initialLoss: number | undefined;
  /** Of each pass forward and backward, without a trace. */
  readonly passes: readonly number[];
  /** The mean of a pass forward alone. */
  readonly forward: number;
  /** Means of traced passes, forward and backward. */
  readonly layers: LayerTimes;
}

export interface TimeRequest {
  readonly iterations: number;
  /** Is told each pass forward and backward when it is over. */
  readonly passed?: (iteration: number, milliseconds: number) => void;
}

/** A trace of so many passes tells the shares of the layers well enough. */
const mostTraced = 10;

/** Numbers between 0 and 1 for images; 0, a label that every net has, for all else. */
function inputsOf({ inputs }: Net): ReadonlyMap<string, Tensor> {
  return new Map(
    inputs.map(({ name, shape = [] }): [string, Tensor] => {
      const data = new Float32Array(elementCount(shape));
      if (data.length > (shape[0] ?? 1)) fillStream(name, data, 0, 1);
      return [name, { dtype: 'float32', shape, data }];
    }),
  );
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) /
  Math.max(1, numbers.length);

/**
 * Times passes of a net that was compiled with `differentiate`: parameters are those of the
 * fillers, inputs are made up, and the gradients of outputs that are no loss are 1.
 */
export async function timeNet(
  model: Model,
  { iterations, passed = () => undefined }: TimeRequest,
): Promise<NetTimes> {
  setEnvironment({ withoutGroups: !hasGroupedConvolution(model) });
  const folder = await mkdtemp(join(tmpdir(), 'rancc-'));
  try {
    await writeFile(join(folder, 'saved_model.pb'), model.savedModel.bytes);
    const graph = new TracedGraph(folder);
    try {
      return await timePasses(model, graph, iterations, passed);
    } finally {
      graph.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timePasses(
  model: Model,
  graph: TracedGraph,
  iterations: number,
  passed: (iteration: number, milliseconds: number) => void,
): Promise<NetTimes> {
  const { functions, origins } = model.savedModel.graph;
  const named = (name: string) => functions.find((each) => each.name === name);
  const inputs = inputsOf(model.net);
  for (const name of ['initialize', 'derive']) {
    const found = named(name);
    if (found?.done !== undefined) graph.call(found, new Map(), false);
  }
  const forward = required(named('predict'));
  const both = required(named('differentiate'));
  const given = new Map([...inputs, ...topGradients(model)]);
  const timeBoth = (traced: boolean) => graph.call(both, given, traced);
  const warm = timeBoth(false);
  graph.call(forward, inputs, false);
  const passes: number[] = [];
  for (let iteration = 1; iteration <= iterations; iteration++) {
    const { milliseconds } = timeBoth(false);
    passes.push(milliseconds);
    passed(iteration, milliseconds);
    // A signal that came in the meantime is heard now.
    await new Promise(setImmediate);
  }
  const forwards: number[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    forwards.push(graph.call(forward, inputs, false).milliseconds);
    await new Promise(setImmediate);
  }
  const traced = Math.min(iterations, mostTraced);
  const nodes: NodeTime[] = [];
  for (let iteration = 0; iteration < traced; iteration++) {
    nodes.push(...timeBoth(true).nodes);
    await new Promise(setImmediate);
  }
  return {
    initialLoss: warm.scalars.get(gradientNames.loss),
    passes,
    forward: mean(forwards),
    layers: layerTimes(nodes, origins, traced),
  };
}

function required<T>(found: T | undefined): T {
  if (found === undefined) throw new RangeError('it is not in the graph');
  return found;
}

/** The gradients that `differentiate` takes beside the net's inputs. */
function topGradients({
  graph,
  net,
}: Model): readonly (readonly [string, Tensor])[] {
  const inputs = new Set(net.inputs.map(({ name }) => name));
  return functionOf(graph, 'differentiate').inputs.flatMap(
    ({ name, value: { type } }) => {
      if (inputs.has(name)) return [];
      const data = new Float32Array(elementCount(type.shape)).fill(1);
      return [[name, { dtype: 'float32', shape: type.shape, data }] as const];
    },
  );
}
