/**
 * The data layers at full rate for some minutes (an argument; usually 5, at least 3): memory has
 * to stay as it is, and the end has to leave nothing. Prints both; ends with status 1 where one
 * is wrong.
 */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { invariant } from '../compiler/diagnostics.js';

import type { NetData } from '../runtime/data/net-data.js';

import {
  makeJpegFiles,
  makeJpegLmdb,
  makeRawLmdb,
  openMadeData,
} from './made-data.js';
import { median } from './measure.js';
import { megabytes, printHeading } from './report.js';

const minutes = Number(process.argv[2] ?? 5);
const minute = 60_000;
const interval = 10_000;
/** What the last minute may be above the second one; in the first one memory fills. */
const mostGrowth = 1.05;
/** What memory may grow by in a minute of the second half, as a part of it. */
const mostSlope = 0.01;

/** Threads that libvips keeps for the next image; it ends them when they were idle for long. */
const keptByDecoder = /^libvips worker$/;

interface Level {
  /** In milliseconds. */
  readonly at: number;
  /** Of the process, with its threads. */
  readonly rss: number;
}

/** The threads of this process, by their numbers. */
const threads = (): ReadonlyMap<string, string> =>
  new Map(
    readdirSync('/proc/self/task').map((id) => [
      id,
      readFileSync(`/proc/self/task/${id}/comm`, 'utf8').trim(),
    ]),
  );

async function takeFor(
  data: NetData,
  milliseconds: number,
  each: (at: number, batches: number) => void = () => undefined,
): Promise<void> {
  const start = performance.now();
  let at = 0;
  for (let batches = 0; at < milliseconds; batches++) {
    (await data.next()).release();
    at = performance.now() - start;
    each(at, batches);
  }
}

/** Of several kinds at once: each batch has tops of all three. */
const layersOver = (raw: string, encoded: string, list: string): string => `
  layer { name: "raw" type: "Data" top: "raw" top: "raw_label"
    data_param { source: "${raw}" backend: LMDB batch_size: 100 } }
  layer { name: "encoded" type: "Data" top: "encoded" top: "encoded_label"
    data_param { source: "${encoded}" backend: LMDB batch_size: 8 }
    transform_param { crop_size: 224 mirror: true mean_value: 120 } }
  layer { name: "files" type: "ImageData" top: "files" top: "files_label"
    image_data_param { source: "${list}" batch_size: 8 shuffle: true }
    transform_param { crop_size: 224 mirror: true rancc_augment { min_area: 0.1 max_area: 1 brightness: 0.4 } } }`;

/** Takes batches, and looks at the memory every ten seconds. */
async function levelsOf(data: NetData): Promise<readonly Level[]> {
  const levels: Level[] = [];
  await takeFor(data, minutes * minute, (at, batches) => {
    if (at < levels.length * interval) return;
    const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
    levels.push({ at, rss });
    console.log(
      `${(at / 1000).toFixed(0)} s: ${megabytes(rss)}; of this thread: heap ${megabytes(heapUsed)}, external ${megabytes(external)}, buffers ${megabytes(arrayBuffers)}; ${batches} batches`,
    );
  });
  return levels;
}

/** Of the line that lies nearest to the levels, by least squares: bytes a minute. */
function slopeOf(levels: readonly Level[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = mean(levels.map(({ at }) => at));
  const level = mean(levels.map(({ rss }) => rss));
  let [across, along] = [0, 0];
  for (const { at, rss } of levels) {
    across += (at - middle) * (rss - level);
    along += (at - middle) ** 2;
  }
  return (minute * across) / along;
}

/** Prints how the memory went, and whether it stayed. */
function judgeMemory(levels: readonly Level[]): boolean {
  const within = (from: number, to: number): number =>
    median(
      levels.filter(({ at }) => at >= from && at < to).map(({ rss }) => rss),
    );
  const second = within(minute, 2 * minute);
  const last = within((minutes - 1) * minute, Infinity);
  const later = levels.filter(({ at }) => at >= (minutes * minute) / 2);
  const perMinute = slopeOf(later);
  console.log(
    `\nsecond minute ${megabytes(second)}, last one ${megabytes(last)}: ${(last / second).toFixed(3)}\n` +
      `second half: ${(perMinute / 1e6).toFixed(2)} MB a minute, ${((100 * perMinute) / last).toFixed(2)} % of it`,
  );
  return last / second <= mostGrowth && perMinute / last <= mostSlope;
}

printHeading(`Data layers for ${minutes} minutes`);
invariant(minutes >= 3, 'fewer than three minutes tell nothing');
const folder = mkdtempSync(join(tmpdir(), 'rancc-soak-'));
const temporary = join(folder, 'temporary');
mkdirSync(temporary);
process.env['TMPDIR'] = temporary;
try {
  const [raw, encoded] = [join(folder, 'raw'), join(folder, 'encoded')];
  await makeRawLmdb(raw, 5000);
  await makeJpegLmdb(encoded, 100, 256);
  const list = await makeJpegFiles(join(folder, 'files'), 100, 256);
  const net = layersOver(raw, encoded, list);
  // Threads that all workers share, for files and images, stay when they were once there.
  const first = await openMadeData(net, { workers: 2 });
  await takeFor(first, interval);
  await first.close();
  const before = threads();
  const data = await openMadeData(net, { workers: 2 });
  const isFlat = judgeMemory(await levelsOf(data));
  // In the middle of what is asked for next.
  const asked = data.next().catch(() => undefined);
  const stop = performance.now();
  await data.close();
  await asked;
  const stopped = performance.now() - stop;
  const leftThreads = Array.from(threads())
    .filter(([id]) => !before.has(id))
    .map(([, name]) => name)
    .filter((name) => !keptByDecoder.test(name));
  const leftFiles = [
    ...readdirSync(temporary).filter((name) => name.startsWith('rancc')),
    ...readdirSync(raw).filter((name) => name !== 'data.mdb'),
  ];
  console.log(
    `stopped in ${stopped.toFixed(0)} ms; threads left: ${leftThreads.join(' ') || 'none'}; files left: ${leftFiles.join(' ') || 'none'}`,
  );
  const isSound = isFlat && leftThreads.length === 0 && leftFiles.length === 0;
  if (!isSound) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
