/**
 * One forward and backward pass in one session thread, turn by turn: Attention-56 with the
 * paddings that run on TensorFlow's fast kernels against explicit ones, beside the rate at
 * which this machine multiplies matrices; and AttentionNeXt-56 against the same net without
 * groups, beside their multiply-accumulates.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Source } from '../grammar/source.js';

import type { Model } from '../compiler/compile.js';
import { attr, type NodeDef } from '../compiler/emit/node-emitter.js';
import { emitSavedModel } from '../compiler/emit/saved-model.js';
import {
  decodeSavedModel,
  encode,
} from '../compiler/emit/tensorflow-messages.js';
import { Builder } from '../compiler/ir/builder.js';
import {
  functionOf,
  type Graph,
  type Value,
  withFunction,
} from '../compiler/ir/graph.js';
import { add, none } from '../compiler/ops/elementwise.js';
import { reduceSum } from '../compiler/ops/reductions.js';
import { reshape } from '../compiler/ops/shape-ops.js';
import { summarizeNet } from '../compiler/summary.js';

import {
  type Session,
  type SessionThread,
  startSessionThread,
} from '../runtime/session.js';

import { openMatrixProduct } from './matrix-product.js';
import { interleaved, median, medianRatio } from './measure.js';
import {
  compileOrThrow,
  fittedWeights,
  madeInputs,
  readDeploy,
} from './nets.js';
import { milliseconds, printHeading, printTable, ratio } from './report.js';

const batch = 4;
const rounds = Number(process.env['RANCC_BENCH_ROUNDS'] ?? 8);

/** The graph with one number for all gradients: they are computed, and not copied. */
function summed(graph: Graph<'physical'>): Graph<'physical'> {
  const subject = functionOf(graph, 'differentiate');
  const builder = new Builder({ layer: '' });
  builder.ops.push(...subject.ops);
  const total = subject.outputs
    .filter(({ name }) => name.startsWith('parameter/'))
    .map(({ value }): Value => {
      const axes = value.type.shape.map((_, axis) => axis);
      const sum = builder.apply(reduceSum, [value], { axes });
      return builder.apply(reshape, [sum], { shape: [] });
    })
    .reduce((sum, value) => builder.apply(add, [sum, value], none));
  return withFunction(graph, {
    ...subject,
    ops: builder.ops,
    outputs: [{ name: 'sum', value: total }],
  });
}

/** How SAME of a 3x3 window is written out: stride 1 surrounds, stride 2 adds behind. */
function explicitly(node: NodeDef): NodeDef {
  const { padding, strides } = node.attr;
  if (padding === undefined || !('s' in padding)) return node;
  if (Buffer.from(padding.s).toString() !== 'SAME') return node;
  const stride =
    strides !== undefined && 'list' in strides ? (strides.list.i?.[1] ?? 1) : 1;
  const [before, after] = stride === 1 ? [1, 1] : [0, 1];
  return {
    ...node,
    attr: {
      ...node.attr,
      padding: attr.text('EXPLICIT'),
      explicit_paddings: attr.ints([0, 0, before, after, before, after, 0, 0]),
    },
  };
}

/** The bytes of a SavedModel with every SAME written as explicit numbers. */
function withExplicitPadding(bytes: Uint8Array): Uint8Array {
  const model = decodeSavedModel(bytes);
  return encode('SavedModel', {
    ...model,
    metaGraphs: model.metaGraphs.map((meta) => ({
      ...meta,
      graphDef: { ...meta.graphDef, node: meta.graphDef.node.map(explicitly) },
    })),
  });
}

interface Ready {
  readonly macs: number;
  readonly session: Session;
  readonly run: () => Promise<unknown>;
}

async function ready(
  thread: SessionThread,
  source: Source,
  change: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): Promise<Ready> {
  const model: Model = compileOrThrow(source, {
    phase: 'TRAIN',
    differentiate: true,
    inputShapes: new Map([['data', [batch, 3, 224, 224]]]),
  });
  const { bytes, graph } = emitSavedModel(summed(model.graph), {
    restores: false,
  });
  const folder = await mkdtemp(join(tmpdir(), 'rancc-bench-'));
  let session: Session;
  try {
    await writeFile(join(folder, 'saved_model.pb'), change(bytes));
    session = await thread.load(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const find = (name: string) => {
    const found = graph.functions.find((each) => each.name === name);
    if (found === undefined) throw new RangeError(`no function ${name}`);
    return found;
  };
  const assign = find('assign');
  // In one call: setting up another set of feeds costs more than the copies.
  await session.run(
    fittedWeights(model).blobs.map(({ variable, blob }) => {
      const input = assign.inputs.get(variable);
      const shape = input?.type.shape ?? [];
      return {
        name: input?.tensor ?? '',
        tensor: { dtype: 'float32', shape, data: blob.read() },
      } as const;
    }),
    [assign.done ?? ''],
  );
  const differentiate = find('differentiate');
  const data = madeInputs(model).get('data');
  const feeds = [...differentiate.inputs].map(([name, { tensor, type }]) => ({
    name: tensor,
    tensor:
      name === 'data' && data !== undefined
        ? data
        : ({
            dtype: 'float32',
            shape: type.shape,
            data: new Float32Array(type.shape.reduce((a, b) => a * b, 1)).fill(
              0.001,
            ),
          } as const),
  }));
  const sum = differentiate.outputs.get('sum')?.tensor ?? '';
  return {
    macs: summarizeNet(model.net).totals.macs,
    session,
    run: () => session.run(feeds, [sum]),
  };
}

/** Forward, and twice as much backward: gradients of images and of filters. */
const gflops = (macs: number, time: number): number => (6 * macs) / time / 1e6;

async function paddings(thread: SessionThread): Promise<void> {
  const source = readDeploy('imagenet/Attention-56');
  const fast = await ready(thread, source);
  const explicit = await ready(thread, source, withExplicitPadding);
  const product = await openMatrixProduct(thread, 2048);
  const times = await interleaved(
    { fast: fast.run, explicit: explicit.run, product: product.run },
    { rounds, warmUp: 1 },
  );
  const of = (name: string): readonly number[] => times[name] ?? [];
  const peak = (2 * product.macs) / median(of('product')) / 1e6;
  const row = (name: string): readonly string[] => {
    const time = median(of(name));
    const rate = gflops(fast.macs, time);
    return [
      name,
      milliseconds(time),
      ratio(medianRatio(of(name), of('explicit'))),
      rate.toFixed(0),
      `${((100 * rate) / peak).toFixed(0)} %`,
    ];
  };
  printTable(
    ['Attention-56', 'median', 'of explicit', 'GFLOP/s', 'of matrix product'],
    [row('explicit'), row('fast')],
  );
  await Promise.all([fast.session.close(), explicit.session.close()]);
}

async function groups(thread: SessionThread): Promise<void> {
  const grouped = readDeploy('imagenet/AttentionNeXt-56');
  const text = grouped.text.replace(/\bgroup: \d+/g, 'group: 1');
  const with32 = await ready(thread, grouped);
  const with1 = await ready(thread, { name: grouped.name, text });
  const times = await interleaved(
    { grouped: with32.run, ungrouped: with1.run },
    { rounds, warmUp: 1 },
  );
  const row = (name: string, macs: number): readonly string[] => {
    const own = times[name] ?? [];
    return [
      name,
      milliseconds(median(own)),
      ratio(medianRatio(own, times['ungrouped'] ?? [])),
      ratio(macs / with1.macs),
    ];
  };
  printTable(
    ['AttentionNeXt-56', 'median', 'time', 'multiply-accumulates'],
    [row('ungrouped', with1.macs), row('grouped', with32.macs)],
  );
  await Promise.all([with32.session.close(), with1.session.close()]);
}

printHeading(`Forward and backward, batch ${batch}`);
const thread = await startSessionThread();
await paddings(thread);
console.log('');
await groups(thread);
await thread.close();
