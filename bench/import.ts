/**
 * Import of the caffemodel of Attention-92 (210 MB) against reading the file, and the memory
 * that it takes. Without TensorFlow: every blob is read into its own buffer and let go.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Model } from '../compiler/compile.js';
import { invariant } from '../compiler/diagnostics.js';
import { readCaffemodel } from '../compiler/weights/caffemodel-reader.js';
import { writeCaffemodel } from '../compiler/weights/caffemodel-writer.js';
import { fitWeights } from '../compiler/weights/fit.js';

import { writeFileAtomically } from '../runtime/atomic-write.js';
import { openFile } from '../runtime/file-source.js';

import { interleaved, median, medianRatio } from './measure.js';
import { compileOrThrow, madeWeights, readDeploy } from './nets.js';
import { peakMemory } from './peak-memory.js';
import {
  megabytes,
  milliseconds,
  printHeading,
  printTable,
  ratio,
} from './report.js';

const rounds = Number(process.env['RANCC_BENCH_ROUNDS'] ?? 10);

/** Reads every blob into a buffer of its own, and lets it go; gives the number of values. */
function importAll(model: Model, path: string): number {
  const file = openFile(path);
  try {
    const read = readCaffemodel(file);
    invariant(read.file !== undefined, 'the file is refused');
    const { blobs } = fitWeights(model.net, [read.file]);
    return blobs.reduce((sum, { blob }) => sum + blob.read().length, 0);
  } finally {
    file.close();
  }
}

/** In a process of its own: how much larger the import made it, in bytes. */
function memoryOfImport(path: string): number {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...process.execArgv, fileURLToPath(import.meta.url), path],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

async function measure(): Promise<void> {
  printHeading('Import of the caffemodel of Attention-92');
  const folder = mkdtempSync(join(tmpdir(), 'rancc-bench-'));
  try {
    const path = join(folder, 'Attention-92.caffemodel');
    await writeFileAtomically(path, writeCaffemodel(madeWeights(model)));
    const { size } = statSync(path);
    const timings = await interleaved(
      { read: () => readFileSync(path), import: () => importAll(model, path) },
      { rounds, warmUp: 2 },
    );
    const { read = [], import: imported = [] } = timings;
    printTable(
      ['', 'median', 'of reading'],
      [
        [`read the file (${megabytes(size)})`, milliseconds(median(read)), ''],
        [
          'import it',
          milliseconds(median(imported)),
          ratio(medianRatio(imported, read)),
        ],
      ],
    );
    const grown = memoryOfImport(path);
    console.log(
      `\nThe import makes the peak of a process ${megabytes(grown)} larger: ${ratio(grown / size)} of the file.`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const model = compileOrThrow(readDeploy('imagenet/Attention-92'));
const [, , given] = process.argv;
if (given === undefined) await measure();
else {
  const before = peakMemory();
  importAll(model, given);
  console.log(peakMemory() - before);
}
