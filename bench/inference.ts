/**
 * Attention-56: the optimised graph against the same NHWC graph without folding, hoisting and
 * fusing, and against the one that computes products in bfloat16, in one session thread, turn
 * by turn; and against the rate at which this machine multiplies matrices. Processor time is
 * told beside wall time: other work on the machine changes it less.
 */
import type { Shape } from '../compiler/ir/types.js';
import {
  optimising,
  type Pipeline,
  unfolded,
} from '../compiler/passes/index.js';
import { inBfloat16 } from '../compiler/passes/precision.js';
import { summarizeNet } from '../compiler/summary.js';

import { type Evaluator, openEvaluatorIn } from '../runtime/evaluator.js';
import { type SessionThread, startSessionThread } from '../runtime/session.js';

import { type MatrixProduct, openMatrixProduct } from './matrix-product.js';
import { interleaved, median, medianRatio, processorTime } from './measure.js';
import {
  compileOrThrow,
  fittedWeights,
  madeInputs,
  readDeploy,
} from './nets.js';
import { milliseconds, printHeading, printTable, ratio } from './report.js';

const net = process.argv[2] ?? 'imagenet/Attention-56';
/** Products in bfloat16; of a forward pass all sum in float32 anywhere. */
const bf16 = inBfloat16(optimising, { sumInFloat32: false });
const batches = [1, 8];
const matrixSizes = [1024, 2048];
const warmUp = 3;
const rounds = Number(process.env['RANCC_BENCH_ROUNDS'] ?? 40);

interface Ready {
  readonly evaluator: Evaluator;
  readonly macs: number;
  readonly run: () => Promise<unknown>;
}

async function ready(
  thread: SessionThread,
  batch: number,
  pipeline: Pipeline,
): Promise<Ready> {
  const source = readDeploy(net);
  const [input] = compileOrThrow(source).net.inputs;
  const shape = input?.shape ?? [];
  const inputShapes = new Map<string, Shape>([
    [input?.name ?? '', [batch, ...shape.slice(1)]],
  ]);
  const model = compileOrThrow(source, { pipeline, inputShapes });
  const evaluator = await openEvaluatorIn(thread, model);
  await evaluator.assign(fittedWeights(model).blobs);
  const inputs = madeInputs(model);
  return {
    evaluator,
    macs: summarizeNet(model.net).totals.macs,
    run: () => evaluator.predict(inputs),
  };
}

/** Billions of floating-point operations a second; a multiply-accumulate is two. */
const gflops = (macs: number, time: number): number => (2 * macs) / time / 1e6;

async function measureBatch(
  thread: SessionThread,
  products: readonly MatrixProduct[],
  batch: number,
): Promise<void> {
  const optimised = await ready(thread, batch, optimising);
  const plain = await ready(thread, batch, unfolded);
  const rounded = await ready(thread, batch, bf16);
  const worked: Record<string, number[]> = {};
  const subject = (name: string, run: () => Promise<unknown>) =>
    [
      name,
      async () => {
        (worked[name] ??= []).push(await processorTime(run));
      },
    ] as const;
  const timings = await interleaved(
    Object.fromEntries([
      subject('optimised', optimised.run),
      subject('unfolded', plain.run),
      subject('bf16', rounded.run),
      ...products.map(({ run }, at) => subject(`product ${at}`, run)),
    ]),
    { rounds: Math.ceil(rounds / batch), warmUp },
  );
  const times = (name: string): readonly number[] => timings[name] ?? [];
  const processor = (name: string): readonly number[] =>
    worked[name]?.slice(warmUp) ?? [];
  const fastest = Math.max(
    ...products.map(({ macs }, at) =>
      gflops(macs, median(times(`product ${at}`))),
    ),
  );
  const row = (name: string, macs: number): readonly string[] => {
    const rate = gflops(macs, median(times(name)));
    return [
      name,
      milliseconds(median(times(name))),
      ratio(medianRatio(times(name), times('unfolded'))),
      ratio(medianRatio(processor(name), processor('unfolded'))),
      ratio(medianRatio(times(name), times('optimised'))),
      ratio(medianRatio(processor(name), processor('optimised'))),
      rate.toFixed(0),
      `${((100 * rate) / fastest).toFixed(0)} %`,
    ];
  };
  console.log(`batch ${batch}`);
  printTable(
    [
      'graph',
      'median',
      'of unfolded',
      'processor',
      'of optimised',
      'processor',
      'GFLOP/s',
      'of matrix product',
    ],
    [
      row('unfolded', plain.macs),
      row('optimised', optimised.macs),
      row('bf16', rounded.macs),
      ...products.map(({ macs }, at) => {
        const time = median(times(`product ${at}`));
        const rate = gflops(macs, time);
        return [
          `matrices of ${matrixSizes[at] ?? 0}`,
          milliseconds(time),
          '',
          '',
          '',
          '',
          rate.toFixed(0),
          `${((100 * rate) / fastest).toFixed(0)} %`,
        ];
      }),
    ],
  );
  console.log('');
  await optimised.evaluator.close();
  await plain.evaluator.close();
  await rounded.evaluator.close();
}

printHeading(`Inference of ${net}`);
const thread = await startSessionThread();
const products: MatrixProduct[] = [];
for (const size of matrixSizes) {
  products.push(await openMatrixProduct(thread, size));
}
for (const batch of batches) await measureBatch(thread, products, batch);
await thread.close();
