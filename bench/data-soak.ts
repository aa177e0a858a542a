/**
 * The data layers at full rate for some minutes (an argument; usually 5): memory has to stay as
 * it is, and the end has to leave nothing. Prints both; ends with status 1 where one is wrong.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
const interval = 10_000;
/** Before anything is counted. */
const warmUp = 20_000;
/** What the last minute may be above the first one. */
const tolerance = 1.1;

const threads = (): number =>
  existsSync('/proc/self/task') ? readdirSync('/proc/self/task').length : 0;

async function takeFor(data: NetData, milliseconds: number): Promise<void> {
  const start = performance.now();
  while (performance.now() - start < milliseconds) {
    (await data.next()).release();
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

printHeading(`Data layers for ${minutes} minutes`);
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
  // Decoders keep the threads and the memory that they once needed.
  const first = await openMadeData(net, { workers: 2 });
  await takeFor(first, warmUp);
  await first.close();
  const before = threads();
  const data = await openMadeData(net, { workers: 2 });
  await takeFor(data, warmUp);
  const start = performance.now();
  const levels: { readonly at: number; readonly rss: number }[] = [];
  let batches = 0;
  for (let at = 0; at < minutes * 60_000; at = performance.now() - start) {
    (await data.next()).release();
    batches++;
    if (at < (levels.length + 1) * interval) continue;
    const rss = process.memoryUsage.rss();
    levels.push({ at, rss });
    console.log(
      `${(at / 1000).toFixed(0)} s: ${megabytes(rss)}, ${batches} batches`,
    );
  }
  // In the middle of what is asked for next.
  const asked = data.next().catch(() => undefined);
  const stop = performance.now();
  await data.close();
  await asked;
  const stopped = performance.now() - stop;
  const within = (from: number, to: number): number =>
    median(
      levels.filter(({ at }) => at >= from && at < to).map(({ rss }) => rss),
    );
  const early = within(0, 70_000);
  const last = within((minutes - 1) * 60_000, Infinity);
  const leftThreads = threads() - before;
  const left = [
    ...readdirSync(temporary).filter((name) => name.startsWith('rancc')),
    ...readdirSync(raw).filter((name) => name !== 'data.mdb'),
  ];
  console.log(
    `first minute ${megabytes(early)}, last one ${megabytes(last)}: ${(last / early).toFixed(3)}\n` +
      `stopped in ${stopped.toFixed(0)} ms; threads left: ${leftThreads}; files left: ${left.join(' ') || 'none'}`,
  );
  const isSound =
    last / early <= tolerance && leftThreads <= 0 && left.length === 0;
  if (!isSound) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
