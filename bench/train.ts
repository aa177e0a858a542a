/**
 * A whole training step (forward, backward, update) in one session call: the optimised graph
 * against the one that is no more than TensorFlow needs, and against the one that computes
 * products in bfloat16, beside the rate at which this machine
 * multiplies matrices, and the memory of each against what was foretold. One process for each
 * graph, in turns. Processor time is told beside wall time: other work on the machine changes
 * it less.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { Source } from '../grammar/source.js';

import { compileSolver, type SolverModel } from '../compiler/compile-solver.js';
import { invariant, isError } from '../compiler/diagnostics.js';
import { elementCount, type Shape } from '../compiler/ir/types.js';
import { chooseTrainingLayout } from '../compiler/passes/choose-layout.js';
import { eliminateDeadOps } from '../compiler/passes/eliminate-dead-ops.js';
import { type Pipeline, training } from '../compiler/passes/index.js';
import { legalizePadding } from '../compiler/passes/legalize-padding.js';
import { inBfloat16 } from '../compiler/passes/precision.js';
import { loadSolver } from '../compiler/schema/load-solver.js';
import { stepMemory } from '../compiler/step-memory.js';
import { summarizeNet } from '../compiler/summary.js';
import { fillStream } from '../compiler/weights/streams.js';

import { bfloat16Support } from '../runtime/native/bfloat16-support.js';
import { deviceReport } from '../runtime/native/device-report.js';
import { startSessionThread, type Tensor } from '../runtime/session.js';
import { openSolverSessionIn } from '../runtime/training/solver-session.js';

import { type MatrixProduct, openMatrixProduct } from './matrix-product.js';
import { interleaved, median, medianRatio, processorTime } from './measure.js';
import { oneHeap, peakMemory, presentMemory } from './peak-memory.js';
import {
  megabytes,
  milliseconds,
  printHeading,
  printTable,
  ratio,
} from './report.js';

interface Subject {
  /** A folder of prototxts/. */
  readonly net: string;
  /** What the net is fed in a step. */
  readonly shape: Shape;
}

const subjects: readonly Subject[] = [
  { net: 'imagenet/Attention-56', shape: [4, 3, 224, 224] },
  { net: 'imagenet/AttentionNeXt-56', shape: [4, 3, 224, 224] },
  { net: 'cifar10/Attention-56', shape: [64, 3, 32, 32] },
];

/** No more than TensorFlow needs. */
const unoptimised: Pipeline = {
  logical: [],
  layout: chooseTrainingLayout,
  physical: [legalizePadding, eliminateDeadOps()],
};

const kinds = ['optimised', 'not optimised', 'bf16'] as const;
type Kind = (typeof kinds)[number];

async function pipelineOf(kind: Kind): Promise<Pipeline> {
  if (kind === 'optimised') return training;
  if (kind === 'not optimised') return unoptimised;
  return inBfloat16(training, bfloat16Support(await deviceReport()));
}

const rounds = Number(process.env['RANCC_BENCH_ROUNDS'] ?? 8);
const warmUp = 1;
const productSize = 2048;
const classes = 10;

/** What a child tells of its graph before it is timed; bytes. */
interface Start {
  readonly macs: number;
  readonly foretold: number;
  /** Of the process with TensorFlow, before it had a graph. */
  readonly bare: number;
}

/** What it tells of each step. */
interface Step {
  /** Of all threads of the process, in milliseconds. */
  readonly processor: number;
  readonly peak: number;
}

const root = new URL('../', import.meta.url);

/** Paths in solvers are from the project's folder. */
function readProjectFile(path: string): Source | undefined {
  const file = fileURLToPath(new URL(path, root));
  return existsSync(file)
    ? { name: file, text: readFileSync(file, 'utf8') }
    : undefined;
}

function solverModel({ net, shape }: Subject, pipeline: Pipeline): SolverModel {
  const source = readProjectFile(`prototxts/${net}/solver.prototxt`);
  invariant(source !== undefined, `there is no solver of ${net}`);
  const { solver } = loadSolver(source);
  invariant(solver !== undefined, `${source.name} is refused`);
  const { model, diagnostics } = compileSolver(solver, readProjectFile, {
    pipeline,
    inputShapes: new Map([
      ['data', shape],
      ['label', shape.slice(0, 1)],
    ]),
  });
  const [first] = diagnostics.filter(isError);
  invariant(model !== undefined, first?.message ?? `${net} is refused`);
  return model;
}

/** Noise, and labels that every one of the nets has. */
function madeInputs({ train }: SolverModel): ReadonlyMap<string, Tensor> {
  return new Map(
    train.inputs.map(({ name, shape = [] }): [string, Tensor] => {
      const data = new Float32Array(elementCount(shape));
      if (name === 'label') data.forEach((_, at) => (data[at] = at % classes));
      else fillStream(`${name}#0`, data, -1, 1);
      return [name, { dtype: 'float32', shape, data }];
    }),
  );
}

/** The child: opens its session, tells of it, then makes one step for each message. */
async function serve(subject: Subject, kind: Kind): Promise<void> {
  const model = solverModel(subject, await pipelineOf(kind));
  const thread = await startSessionThread();
  const start: Start = {
    macs: summarizeNet(model.train).totals.macs,
    foretold: stepMemory(model.graph, 'train_step').total,
    bare: presentMemory(),
  };
  const session = await openSolverSessionIn(thread, model);
  await session.initialize();
  const inputs = madeInputs(model);
  let pass = 0;
  const step = async (): Promise<Step> => {
    const options = { pass, iteration: pass++, rate: 1e-4 };
    let loss = Number.NaN;
    const processor = await processorTime(async () => {
      ({ loss } = await session.step(inputs, options));
    });
    invariant(Number.isFinite(loss), 'the loss is no number');
    return { processor, peak: peakMemory() };
  };
  // The first one prepares the graph.
  await step();
  process.send?.(start);
  process.on('message', () => {
    void step().then((made) => process.send?.(made));
  });
}

const nextMessage = async <Message>(child: ChildProcess): Promise<Message> => {
  const [message] = (await once(child, 'message')) as [Message];
  return message;
};

interface Child {
  readonly kind: Kind;
  readonly process: ChildProcess;
  readonly start: Start;
  readonly steps: Step[];
}

async function startChild(net: string, kind: Kind): Promise<Child> {
  const child = fork(fileURLToPath(import.meta.url), [net, kind], {
    env: { ...oneHeap, ...process.env },
  });
  const start = await nextMessage<Start>(child);
  return { kind, process: child, start, steps: [] };
}

async function oneStep({ process: child, steps }: Child): Promise<void> {
  child.send('step');
  steps.push(await nextMessage<Step>(child));
}

/** What each round took, wall and processor. */
interface Times {
  readonly wall: readonly number[];
  readonly processor: readonly number[];
}

/** Times the graphs of one net, and matrix products between their steps. */
async function compare(
  { net, shape }: Subject,
  product: MatrixProduct,
): Promise<void> {
  const children: Child[] = [];
  for (const kind of kinds) children.push(await startChild(net, kind));
  const steps = Object.fromEntries(
    children.map((child) => [child.kind, () => oneStep(child)]),
  );
  const products: number[] = [];
  const runProduct = async (): Promise<void> => {
    products.push(await processorTime(product.run));
  };
  const wall = await interleaved(
    { ...steps, product: runProduct },
    { rounds, warmUp },
  );
  for (const child of children) child.process.kill();
  const timesOf = (name: string, processor: readonly number[]): Times => ({
    wall: wall[name] ?? [],
    processor: processor.slice(warmUp),
  });
  const measured = children.map((child) => ({
    child,
    times: timesOf(
      child.kind,
      child.steps.map(({ processor }) => processor),
    ),
  }));
  const ofProduct = timesOf('product', products);
  printTable(
    [
      `${net}, batch ${shape[0] ?? 0}`,
      'step',
      'processor',
      'of optimised',
      'processor',
      'of products',
      'processor',
    ],
    measured.map(({ child, times }) => {
      // Forward, and twice as much backward: gradients of images and of filters.
      const work = (3 * child.start.macs) / product.macs;
      const share = (kind: keyof Times): string =>
        `${(100 * work * medianRatio(ofProduct[kind], times[kind])).toFixed(0)} %`;
      const first = measured[0]?.times ?? times;
      return [
        child.kind,
        milliseconds(median(times.wall)),
        milliseconds(median(times.processor)),
        ratio(medianRatio(times.wall, first.wall)),
        ratio(medianRatio(times.processor, first.processor)),
        share('wall'),
        share('processor'),
      ];
    }),
  );
  console.log('');
  printMemory(net, children);
  console.log('');
}

function printMemory(net: string, children: readonly Child[]): void {
  printTable(
    [`${net}, memory`, 'peak', 'beyond bare', 'foretold', 'of measured'],
    children.map(({ kind, start, steps }) => {
      const peak = steps.at(-1)?.peak ?? Number.NaN;
      const held = peak - start.bare;
      return [
        kind,
        megabytes(peak),
        megabytes(held),
        megabytes(start.foretold),
        ratio(start.foretold / held),
      ];
    }),
  );
}

async function compareAll(wanted: readonly Subject[]): Promise<void> {
  printHeading('A training step in one call');
  const thread = await startSessionThread();
  const product = await openMatrixProduct(thread, productSize);
  for (const subject of wanted) await compare(subject, product);
  await thread.close();
}

const [, , net, asked] = process.argv;
const chosen = subjects.filter((each) => net === undefined || each.net === net);
const kind = kinds.find((each) => each === asked);
const [only] = chosen;
invariant(only !== undefined, `no such net: ${net ?? ''}`);
await (kind === undefined ? compareAll(chosen) : serve(only, kind));
