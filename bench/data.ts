/**
 * Images per second of the data layers against a plain loop over the same library calls, turn
 * by turn: raw and encoded records of an LMDB, and JPEG files. Then training steps of the CIFAR
 * net fed by the pipeline: what of their time is waiting for data.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Source } from '../grammar/source.js';

import { compileSolver } from '../compiler/compile-solver.js';
import { invariant } from '../compiler/diagnostics.js';
import { layersOf } from '../compiler/read-net.js';
import { loadSolver } from '../compiler/schema/load-solver.js';

import { openDatabase } from '../runtime/data/databases/open-database.js';
import { decodeDatum } from '../runtime/data/datum.js';
import { decodeImage } from '../runtime/data/images/decode-image.js';
import type { RawImage } from '../runtime/data/raw-image.js';
import type { RecordReader } from '../runtime/data/record-reader.js';
import { drawsOf } from '../runtime/data/transform/draws.js';
import { transformImage } from '../runtime/data/transform/transform-image.js';
import { transformSettings } from '../runtime/data/transform/transform-settings.js';
import { startSessionThread } from '../runtime/session.js';
import { BatchFeed } from '../runtime/training/batch-feed.js';
import { openSolverSessionIn } from '../runtime/training/solver-session.js';

import {
  makeJpegFiles,
  makeJpegLmdb,
  makeRawLmdb,
  openMadeData,
} from './made-data.js';
import { median, medianRatio, processorTime, timed } from './measure.js';
import { milliseconds, printHeading, printTable, ratio } from './report.js';

const rounds = Number(process.env['RANCC_BENCH_ROUNDS'] ?? 8);
const trainingNet = 'cifar10/Attention-56';
const steps = 2 * rounds;

interface Subject {
  readonly name: string;
  readonly layer: string;
  /** Images in a batch. */
  readonly batch: number;
  /** Batches before a round, which are not counted, and in it. */
  readonly warmUp: number;
  readonly batches: number;
  /** Side of what is written for each image. */
  readonly side: number;
  /** Where the plain loop has its images from. */
  readonly images: () => Promise<PlainSource>;
}

interface PlainSource {
  next(): Promise<RawImage>;
  close(): Promise<void>;
}

const databaseLayer = (path: string, batch: number, transform: string) =>
  `layer { name: "data" type: "Data" top: "data" top: "label"
    data_param { source: "${path}" backend: LMDB batch_size: ${batch} }
    transform_param { ${transform} } }`;

const listLayer = (path: string, batch: number, transform: string) =>
  `layer { name: "data" type: "ImageData" top: "data" top: "label"
    image_data_param { source: "${path}" batch_size: ${batch} }
    transform_param { ${transform} } }`;

async function records(path: string): Promise<PlainSource> {
  const reader: RecordReader = await openDatabase(path, 'LMDB');
  const next = async (): Promise<RawImage> => {
    const [record] = await reader.read(1);
    if (record === undefined) {
      await reader.rewind();
      return next();
    }
    const datum = decodeDatum(record.value);
    if ('image' in datum) return datum.image;
    return decodeImage(datum.encoded, 'unchanged');
  };
  return { next, close: () => reader.close() };
}

async function listed(list: string): Promise<PlainSource> {
  const text = await readFile(list, 'utf8');
  const paths = text.split('\n').map((line) => line.split(' ')[0] ?? '');
  let at = 0;
  return {
    next: async () => {
      const path = paths[at++ % paths.length] ?? '';
      return decodeImage(await readFile(path), 'color');
    },
    close: () => Promise.resolve(),
  };
}

/** The same calls one after the other, with nothing around them. */
async function plainLoop({ layer, batch, side, images }: Subject) {
  const { layers } = layersOf({ name: 'bench', text: layer }, {});
  const param = layers[0]?.get('transform_param');
  invariant(param !== undefined, 'there is no layer');
  const { settings } = transformSettings(param, 'TRAIN', () => {
    throw new Error('no mean file is used here');
  });
  invariant(settings !== undefined, 'the settings are refused');
  const source = await images();
  const length = 3 * side * side;
  const into = new Float32Array(batch * length);
  let sample = 0;
  return {
    close: () => source.close(),
    fill: async () => {
      for (let item = 0; item < batch; item++) {
        const image = await source.next();
        const part = into.subarray(item * length, (item + 1) * length);
        transformImage(settings, image, part, drawsOf(1, 'data', sample++));
      }
    },
  };
}

async function timeData(subject: Subject, workers: number): Promise<Took> {
  const data = await openMadeData(subject.layer, { workers });
  const took = await timeBatches(subject, async () => {
    (await data.next()).release();
  });
  await data.close();
  return took;
}

async function timePlain(subject: Subject): Promise<Took> {
  const plain = await plainLoop(subject);
  const took = await timeBatches(subject, plain.fill);
  await plain.close();
  return took;
}

/** Of one image, in microseconds. */
interface Took {
  readonly wall: number;
  /** Of all threads together. */
  readonly processor: number;
}

/**
 * When none is ready at its beginning. Each thread compiles what it runs for itself: that is
 * over before anything is counted.
 */
async function timeBatches(
  { warmUp, batch, batches }: Subject,
  take: () => Promise<void>,
): Promise<Took> {
  for (let done = 0; done < warmUp; done++) await take();
  let wall = 0;
  const processor = await processorTime(async () => {
    const { milliseconds } = await timed(async () => {
      for (let done = 0; done < batches; done++) await take();
    });
    wall = milliseconds;
  });
  const images = batch * batches;
  return {
    wall: (1000 * wall) / images,
    processor: (1000 * processor) / images,
  };
}

interface Compared {
  /** Images per second, and ratios. */
  readonly rates: readonly string[];
  /** Processor time of an image. */
  readonly costs: readonly string[];
}

async function compare(subject: Subject): Promise<Compared> {
  const runs = {
    plain: () => timePlain(subject),
    one: () => timeData(subject, 1),
    two: () => timeData(subject, 2),
  };
  type Which = keyof typeof runs;
  const names = ['plain', 'one', 'two'] as const;
  const timings = { plain: [], one: [], two: [] } as Record<Which, Took[]>;
  for (let round = 0; round < rounds; round++) {
    for (const which of names) timings[which].push(await runs[which]());
  }
  const walls = (which: Which) => timings[which].map(({ wall }) => wall);
  const rate = (which: Which): string =>
    (1e6 / median(walls(which))).toFixed(0);
  const against = (which: Which): string =>
    ratio(medianRatio(walls('plain'), walls(which)));
  const cost = (which: Which): string =>
    median(timings[which].map(({ processor }) => processor)).toFixed(1);
  const { name } = subject;
  return {
    rates: [
      ...[name, rate('plain'), rate('one'), against('one')],
      ...[rate('two'), against('two')],
    ],
    costs: [name, ...names.map(cost)],
  };
}

const root = new URL('../', import.meta.url);

function readProjectFile(path: string): Source | undefined {
  const file = fileURLToPath(new URL(path, root));
  return existsSync(file)
    ? { name: file, text: readFileSync(file, 'utf8') }
    : undefined;
}

/** Steps of the net, fed by the pipeline with its usual settings. */
async function train(database: string): Promise<void> {
  const batch = 64;
  const source = readProjectFile(`prototxts/${trainingNet}/solver.prototxt`);
  invariant(source !== undefined, 'there is no solver');
  const { solver } = loadSolver(source);
  invariant(solver !== undefined, 'the solver is refused');
  const { model } = compileSolver(solver, readProjectFile, {
    inputShapes: new Map([
      ['data', [batch, 3, 32, 32]],
      ['label', [batch]],
    ]),
  });
  invariant(model !== undefined, 'the net is refused');
  const thread = await startSessionThread();
  const session = await openSolverSessionIn(thread, model);
  await session.initialize();
  const augmented = 'crop_size: 32 mirror: true rancc_augment { pad: 4 }';
  const data = await openMadeData(
    databaseLayer(database, batch, augmented),
    {},
  );
  const feed = new BatchFeed(data);
  let pass = 0;
  const step = () =>
    feed.use((inputs) =>
      session.step(inputs, { pass, iteration: pass++, rate: 1e-4 }),
    );
  await step();
  const [before, start] = [feed.waited, performance.now()];
  for (let done = 0; done < steps; done++) await step();
  const [waited, took] = [feed.waited - before, performance.now() - start];
  await feed.close();
  await thread.close();
  console.log(
    `\n${trainingNet}, batch ${batch}: ${milliseconds(took / steps)} a step, of which ${milliseconds(waited / steps)} (${((100 * waited) / took).toFixed(3)} %) waiting for data`,
  );
}

printHeading('Data layers');
const folder = mkdtempSync(join(tmpdir(), 'rancc-bench-'));
try {
  const raw = join(folder, 'raw_lmdb');
  const encoded = join(folder, 'jpeg_lmdb');
  await makeRawLmdb(raw, 5000);
  await makeJpegLmdb(encoded, 200, 256);
  const list = await makeJpegFiles(join(folder, 'files'), 200, 256);
  const crop = 'crop_size: 224 mirror: true mean_value: 120';
  const subjects: readonly Subject[] = [
    {
      name: 'raw LMDB, 3x32x32',
      layer: databaseLayer(raw, 100, 'mean_value: 120'),
      batch: 100,
      warmUp: 200,
      batches: 400,
      side: 32,
      images: () => records(raw),
    },
    {
      name: 'JPEG LMDB, 3x256x256',
      layer: databaseLayer(encoded, 16, crop),
      batch: 16,
      warmUp: 8,
      batches: 12,
      side: 224,
      images: () => records(encoded),
    },
    {
      name: 'JPEG files, 3x256x256',
      layer: listLayer(list, 16, crop),
      batch: 16,
      warmUp: 8,
      batches: 12,
      side: 224,
      images: () => listed(list),
    },
  ];
  const compared: Compared[] = [];
  for (const subject of subjects) compared.push(await compare(subject));
  printTable(
    [
      'images per second',
      'plain loop',
      '1 worker',
      'of plain',
      '2 workers',
      'of plain',
    ],
    compared.map(({ rates }) => rates),
  );
  console.log();
  printTable(
    ['processor time, us an image', 'plain loop', '1 worker', '2 workers'],
    compared.map(({ costs }) => costs),
  );
  await train(raw);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
