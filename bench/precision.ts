/**
 * How far products in bfloat16 lead from float32: the losses of trainings of the reference
 * material (`RANCC_REFERENCE`) against those of the reference Caffe, which computes in float32,
 * and the class probabilities of networks whose numbers the reference gave. It measures
 * numbers and no time. Arguments: names of trainings, instead of the usual ones.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Source } from '../grammar/source.js';

import { invariant } from '../compiler/diagnostics.js';
import {
  optimising,
  type Pipeline,
  training,
} from '../compiler/passes/index.js';
import { inBfloat16 } from '../compiler/passes/precision.js';
import { fitWeights } from '../compiler/weights/fit.js';
import type { Golden } from '../compiler/weights/golden.js';
import { readGolden } from '../compiler/weights/golden-reader.js';
import { fillStream } from '../compiler/weights/streams.js';
import { synthesize } from '../compiler/weights/synthesize.js';

import { openEvaluatorIn } from '../runtime/evaluator.js';
import {
  type SessionThread,
  startSessionThread,
  type Tensor,
} from '../runtime/session.js';

import {
  type TrainingGolden,
  trainingGoldens,
} from '../test/support/training-golden.js';
import {
  type Trajectory,
  walkTrajectory,
} from '../test/support/walk-trajectory.js';
import { compileOrThrow } from './nets.js';
import { printHeading, printTable } from './report.js';

const usualRuns = [
  'sgd_fixed',
  'nesterov_fixed_l2',
  'adam_fixed',
  'batchnorm_scale',
  'attention_sgd',
];
const nets = ['Attention-56', 'AttentionNeXt-56'];

const asFound = (pipeline: Pipeline) => ({
  float32: pipeline,
  /** What every kernel sums in float32; gradients of convolutions are float32. */
  bf16: inBfloat16(pipeline, { sumInFloat32: false }),
  /** What a processor without such kernels of oneDNN makes of the rest. */
  'bf16 in all kernels': inBfloat16(pipeline, { sumInFloat32: true }),
});

const project = fileURLToPath(new URL('../', import.meta.url));

const scientific = (value: number): string => value.toExponential(1);

const lossesOf = ({ iterations }: Trajectory): readonly number[] =>
  iterations.map(
    ({ passes }) =>
      passes.reduce((sum, { loss }) => sum + loss, 0) / passes.length,
  );

/** How far a run's losses are from the reference's. */
function deviations(
  walked: Trajectory,
  { iterations }: TrainingGolden,
): { readonly largest: number; readonly mean: number } {
  const all = lossesOf(walked).map((loss, at) =>
    Math.abs(loss - (iterations[at]?.loss ?? Number.NaN)),
  );
  const sum = all.reduce((before, each) => before + each, 0);
  return { largest: Math.max(...all), mean: sum / all.length };
}

async function compareTrainings(
  folder: string,
  names: readonly string[],
  thread: SessionThread,
): Promise<void> {
  // Paths in the solvers are from there.
  process.chdir(folder);
  const rows: string[][] = [];
  for (const golden of trainingGoldens(folder)) {
    if (!names.includes(golden.golden)) continue;
    const losses = golden.iterations.map(({ loss }) => loss);
    for (const [kind, pipeline] of Object.entries(asFound(training))) {
      const walked = await walkTrajectory(golden, folder, thread, pipeline);
      const { largest, mean } = deviations(walked, golden);
      rows.push([
        `${golden.golden}, ${kind}`,
        String(losses.length),
        `${(losses[0] ?? NaN).toFixed(2)} to ${(losses.at(-1) ?? NaN).toFixed(2)}`,
        scientific(largest),
        scientific(mean),
      ]);
    }
  }
  printTable(
    ['losses', 'iterations', 'of the reference', 'largest', 'mean difference'],
    rows,
  );
}

function goldenOf(net: string): { golden: Golden; source: Source } {
  const path = join(project, `test/reference/nets/${net}.224.json`);
  const { golden } = readGolden(path, readFileSync(path, 'utf8'));
  invariant(golden !== undefined, `no golden ${path}`);
  const name = join(project, `prototxts/imagenet/${net}/deploy.prototxt`);
  return { golden, source: { name, text: readFileSync(name, 'utf8') } };
}

/** What the net gives for the golden's input and weights: class probabilities. */
async function probabilitiesOf(
  { golden, source }: ReturnType<typeof goldenOf>,
  pipeline: Pipeline,
  thread: SessionThread,
): Promise<Float32Array> {
  const model = compileOrThrow(source, { pipeline });
  const { input, ranges } = golden;
  invariant(
    input.from === 'stream' && ranges !== undefined,
    'the golden has no formula',
  );
  const data = new Float32Array(
    input.shape.reduce((product, size) => product * size, 1),
  );
  fillStream(input.stream, data, input.range[0], input.range[1]);
  const { file } = synthesize(
    golden.name,
    model.net.layers.map(({ name, type, parameters }) => ({
      name,
      type,
      shapes: parameters.map(({ spec }) => spec.shape),
    })),
    ranges,
  );
  const evaluator = await openEvaluatorIn(thread, model);
  try {
    await evaluator.assign(fitWeights(model.net, [file]).blobs);
    const tensor: Tensor = { dtype: 'float32', shape: input.shape, data };
    const outputs = await evaluator.predict(new Map([[input.blob, tensor]]));
    const [found] = outputs.values();
    invariant(found?.data instanceof Float32Array, 'the net has no output');
    return found.data;
  } finally {
    await evaluator.close();
  }
}

const topFive = (values: ArrayLike<number>): readonly number[] =>
  Array.from(values, (value, at) => [value, at] as const)
    .toSorted(([a], [b]) => b - a)
    .slice(0, 5)
    .map(([, at]) => at);

async function compareNets(thread: SessionThread): Promise<void> {
  const rows: string[][] = [];
  for (const net of nets) {
    const read = goldenOf(net);
    const [wanted = []] = read.golden.probabilities?.rows ?? [];
    const { float32, bf16 } = asFound(optimising);
    for (const [kind, pipeline] of Object.entries({ float32, bf16 })) {
      const found = await probabilitiesOf(read, pipeline, thread);
      const differences = wanted.map((each, at) =>
        Math.abs(each - (found[at] ?? Number.NaN)),
      );
      rows.push([
        `${net}, ${kind}`,
        scientific(Math.max(...differences)),
        scientific(Math.max(...wanted)),
        topFive(found).join(' '),
        topFive(wanted).join(' '),
      ]);
    }
  }
  printTable(
    [
      'forward pass',
      'of probabilities',
      'the largest is',
      'first five',
      'of the reference',
    ],
    rows,
  );
}

printHeading('Products in bfloat16 against float32');
const thread = await startSessionThread();
await compareNets(thread);
console.log('');
const reference = process.env['RANCC_REFERENCE'];
if (reference !== undefined && existsSync(join(reference, 'training'))) {
  const asked = process.argv.slice(2);
  await compareTrainings(
    `${reference}/`,
    asked.length === 0 ? usualRuns : asked,
    thread,
  );
} else {
  console.log('RANCC_REFERENCE names no folder with trainings: none compared');
}
await thread.close();
