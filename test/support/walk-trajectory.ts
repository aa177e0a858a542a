import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  compileSolver,
  type HistoryBlob,
  type SolverModel,
  type SolverParameter,
} from '../../compiler/compile-solver.js';
import { isError } from '../../compiler/diagnostics.js';
import { verify } from '../../compiler/ir/verify.js';
import { type Pipeline, training } from '../../compiler/passes/index.js';
import { loadSolver } from '../../compiler/schema/load-solver.js';
import { learningRate } from '../../compiler/solver/learning-rate.js';
import { netsOfSolver } from '../../compiler/solver/nets-of-solver.js';
import { fitWeights } from '../../compiler/weights/fit.js';

import type { NetData } from '../../runtime/data/net-data.js';
import { openNetData } from '../../runtime/data/open-net-data.js';
import type { SessionThread } from '../../runtime/session.js';
import type { Tensor } from '../../runtime/tensor.js';
import {
  openSolverSessionIn,
  type PassResult,
  type SolverSession,
} from '../../runtime/training/solver-session.js';
import { openWeightFile } from '../../runtime/weights/open-weights.js';

import type { TrainingGolden } from './training-golden.js';

type Inputs = ReadonlyMap<string, Tensor>;
type Blobs = ReadonlyMap<string, Tensor>;

/** What an iteration came to. */
export interface IterationWalked {
  readonly rate: number;
  readonly passes: readonly PassResult[];
}

export interface TestWalked {
  readonly iteration: number;
  readonly net: number;
  readonly batches: readonly PassResult[];
}

export interface WalkedParameter extends SolverParameter {
  /** The sums of iterations 0 and 1. */
  readonly gradients: readonly Float32Array[];
  readonly final: Float32Array;
}

export interface WalkedHistory extends HistoryBlob {
  readonly final: Float32Array;
}

/** A whole run, as a golden tells of one: plain data. */
export interface Trajectory {
  /** In Caffe's order. */
  readonly parameters: readonly WalkedParameter[];
  readonly history: readonly WalkedHistory[];
  /** How many samples a batch of each test net has. */
  readonly testBatches: readonly number[];
  readonly iterations: readonly IterationWalked[];
  readonly tests: readonly TestWalked[];
  readonly currentStep: number;
  readonly afterwards: PassResult;
}

/** The solver's nets with the data that they are fed, and the graph for them. */
interface Prepared {
  readonly model: SolverModel;
  readonly feeds: readonly NetData[];
}

async function prepare(
  golden: TrainingGolden,
  folder: string,
  pipeline: Pipeline = training,
): Promise<Prepared> {
  const text = golden.solver;
  const { solver } = loadSolver({ name: golden.solver_file, text });
  if (solver === undefined) throw new Error('the solver cannot be read');
  const resolve = (name: string) => {
    const path = join(folder, name);
    return existsSync(path)
      ? { name, text: readFileSync(path, 'utf8') }
      : undefined;
  };
  const { nets } = netsOfSolver(solver, resolve);
  const feeds = await Promise.all(
    nets.map(async ({ layers, state: { phase } }) => {
      const { data } = await openNetData(layers, {
        phase,
        seed: 1,
        workers: 0,
      });
      if (data === undefined) throw new Error('no data');
      return data;
    }),
  );
  const { model, diagnostics } = compileSolver(solver, resolve, {
    inputShapes: (net) => feeds[net]?.shapes ?? new Map(),
    gradients: true,
    pipeline,
    observe: (pass, graph) => {
      verify(graph, pass);
    },
  });
  if (model === undefined) {
    const [first] = diagnostics.filter(isError);
    throw new Error(`${golden.golden}: ${first?.message ?? 'no model'}`);
  }
  return { model, feeds };
}

class Walk {
  private readonly iterations: IterationWalked[] = [];
  private readonly tests: TestWalked[] = [];
  private readonly gradients: Map<string, Float32Array>[] = [];
  private currentStep = 0;
  iteration = 0;
  private readonly golden: TrainingGolden;
  private readonly model: SolverModel;
  private readonly session: SolverSession;
  private feeds: readonly NetData[];

  constructor(
    golden: TrainingGolden,
    { model, feeds }: Prepared,
    session: SolverSession,
  ) {
    this.golden = golden;
    this.model = model;
    this.session = session;
    this.feeds = feeds;
  }

  private async onBatch<T>(
    net: number,
    use: (inputs: Inputs) => Promise<T>,
  ): Promise<T> {
    const feed = this.feeds[net];
    if (feed === undefined) throw new Error(`no data for net ${net}`);
    const batch = await feed.next();
    const result = await use(batch.tensors);
    batch.release();
    return result;
  }

  async test(): Promise<void> {
    const { interval, iterations, atStart } = this.model.settings.test;
    if (interval === 0 || this.iteration % interval !== 0) return;
    if (this.iteration === 0 && !atStart) return;
    for (const [index, count] of iterations.entries()) {
      const batches: PassResult[] = [];
      while (batches.length < count) {
        batches.push(
          await this.onBatch(index + 1, (inputs) =>
            this.session.test(index, inputs),
          ),
        );
      }
      this.tests.push({ iteration: this.iteration, net: index, batches });
    }
  }

  async step(): Promise<void> {
    const { session, iteration } = this;
    const { settings } = this.model;
    const next = learningRate(settings.rate, iteration, this.currentStep);
    this.currentStep = next.currentStep;
    const passes: PassResult[] = [];
    const gradients = new Map<string, Float32Array>();
    for (let at = 0; at < settings.passes; at++) {
      const pass = iteration * settings.passes + at;
      const { rate } = next;
      await this.onBatch(0, async (inputs) => {
        if (this.golden.gradients[`${iteration}`] !== undefined) {
          addTo(gradients, await session.gradients(inputs, { pass }));
        }
        passes.push(
          at + 1 < settings.passes
            ? await session.accumulate(inputs, { pass })
            : await session.step(inputs, { pass, rate, iteration }),
        );
      });
    }
    if (gradients.size > 0) this.gradients.push(gradients);
    this.iterations.push({ rate: next.rate, passes });
    this.iteration += 1;
  }

  /** Goes on in a session that was restored; the data start again. */
  async resume(folder: string): Promise<void> {
    const history = await this.session.readHistory();
    const parameters = await this.session.read();
    await this.session.initialize();
    await this.session.assign(
      Array.from(parameters, ([variable, { data }]) => ({
        variable,
        blob: { count: data.length, read: () => data as Float32Array },
      })),
    );
    await this.session.assignHistory(
      new Map(
        Array.from(history, ([name, { data }]) => [name, data as Float32Array]),
      ),
    );
    await Promise.all(this.feeds.map((feed) => feed.close()));
    this.feeds = (await prepare(this.golden, folder)).feeds;
  }

  async finish(): Promise<Trajectory> {
    const { model, session } = this;
    const parameters = await session.read();
    const history = await session.readHistory();
    const pass = this.iteration * model.settings.passes;
    const afterwards = await this.onBatch(0, (inputs) =>
      session.forward(inputs, { pass }),
    );
    await this.test();
    await Promise.all(this.feeds.map((feed) => feed.close()));
    const { iterations, tests, currentStep } = this;
    return {
      iterations,
      tests,
      currentStep,
      afterwards,
      testBatches: model.tests.map(
        ({ inputs: [data] }) => data?.shape?.[0] ?? 1,
      ),
      parameters: model.parameters.map((each) => ({
        ...each,
        gradients: this.gradients.flatMap(
          (gradients) => gradients.get(each.variable) ?? [],
        ),
        final: floats(parameters, each.variable),
      })),
      history: model.history.map((each) => ({
        ...each,
        final: floats(history, each.variable),
      })),
    };
  }
}

function floats(blobs: Blobs, name: string): Float32Array {
  const data = blobs.get(name)?.data;
  if (!(data instanceof Float32Array)) throw new Error(`no value of ${name}`);
  return data;
}

function addTo(sums: Map<string, Float32Array>, more: Blobs): void {
  for (const [name, { data }] of more) {
    const before = sums.get(name);
    const values = Float32Array.from(data as Float32Array);
    sums.set(
      name,
      before === undefined
        ? values
        : values.map((value, index) => value + (before[index] ?? 0)),
    );
  }
}

/** Walks the way of a golden, as `Solver::Solve` goes it. */
export async function walkTrajectory(
  golden: TrainingGolden,
  folder: string,
  thread: SessionThread,
  pipeline?: Pipeline,
): Promise<Trajectory> {
  const prepared = await prepare(golden, folder, pipeline);
  const session = await openSolverSessionIn(thread, prepared.model);
  const weights = openWeightFile(join(folder, golden.init_weights));
  try {
    await session.initialize();
    if (weights.file === undefined) throw new Error('no weights');
    const { blobs } = fitWeights(prepared.model.train, [weights.file]);
    await session.assign(blobs);
    const walk = new Walk(golden, prepared, session);
    while (walk.iteration < prepared.model.settings.maxIterations) {
      if (walk.iteration === golden.resumed_from?.iter) {
        await walk.resume(folder);
      }
      await walk.test();
      await walk.step();
    }
    return await walk.finish();
  } finally {
    weights.close();
    await session.close();
  }
}
