import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';

import { ranccIn, startRancc } from './training-folder.js';

/** A tiny net whose data, dropout and statistics all depend on where a run stands. */
const net = `name: "killed"
layer { name: "data" type: "Data" top: "data" top: "label"
  include { phase: TRAIN }
  transform_param { mirror: true crop_size: 24 scale: 0.015625 mean_value: 120 }
  data_param { source: "data/train_lmdb" batch_size: 8 backend: LMDB } }
layer { name: "data" type: "Data" top: "data" top: "label"
  include { phase: TEST }
  transform_param { crop_size: 24 scale: 0.015625 mean_value: 120 }
  data_param { source: "data/test_lmdb" batch_size: 10 backend: LMDB } }
layer { name: "conv" type: "Convolution" bottom: "data" top: "conv"
  convolution_param { num_output: 6 kernel_size: 5 stride: 2
    weight_filler { type: "msra" } } }
layer { name: "bn" type: "BN" bottom: "conv" top: "conv"
  bn_param { slope_filler { type: "constant" value: 1 } } }
layer { name: "relu" type: "ReLU" bottom: "conv" top: "conv" }
layer { name: "drop" type: "Dropout" bottom: "conv" top: "conv" }
layer { name: "ip" type: "InnerProduct" bottom: "conv" top: "ip"
  inner_product_param { num_output: 10 weight_filler { type: "xavier" } } }
layer { name: "accuracy" type: "Accuracy" bottom: "ip" bottom: "label"
  top: "accuracy" include { phase: TEST } }
layer { name: "loss" type: "SoftmaxWithLoss" bottom: "ip" bottom: "label"
  top: "loss" }
`;

const solver = `net: "net.prototxt"
test_iter: 2 test_interval: 4 base_lr: 0.01 lr_policy: "inv" gamma: 0.01
power: 0.75 momentum: 0.9 weight_decay: 0.0005 average_loss: 5 display: 1
max_iter: 100000 snapshot: 1 snapshot_prefix: "out/s" type: "Adam"
random_seed: 7 solver_mode: CPU
`;

export const writeKilledNet = (folder: string): void => {
  writeFileSync(join(folder, 'net.prototxt'), net);
  writeFileSync(join(folder, 'solver.prototxt'), solver);
};

const train = ['train', '--solver', 'solver.prototxt', '--snapshot', 'auto'];

/** What one kill came to. */
export interface Kill {
  /** Of the newest snapshot that was whole afterwards; -1: none. */
  readonly iteration: number;
  /** Whether a snapshot was being written: files were left half done. */
  readonly inSnapshot: boolean;
}

/** Iterations of the snapshots that have their record. */
export const snapshotsIn = (folder: string): readonly number[] =>
  readdirSync(join(folder, 'out'))
    .flatMap((name) => /^s_iter_(\d+)\.rancc\.json$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((one, two) => one - two);

/** When to kill: so long after the first snapshot of the run began, or in the next one then. */
export interface Moment {
  readonly milliseconds: number;
  readonly inSnapshot: boolean;
}

/** Starts or resumes a training, and kills the process of its session. */
export async function killOnce(folder: string, moment: Moment): Promise<Kill> {
  const run = startRancc(folder, ...train);
  await run.logged(/Snapshotting solver state/);
  await setTimeout(moment.milliseconds);
  if (moment.inSnapshot) await untilPartial(folder);
  run.process.kill('SIGKILL');
  await run.ended;
  const left = readdirSync(join(folder, 'out'));
  return {
    iteration: snapshotsIn(folder).at(-1) ?? -1,
    inSnapshot: left.some(isPartial),
  };
}

const isPartial = (name: string): boolean => name.includes('.partial-');

/** Looks again and again, without waiting: a file is half written for milliseconds only. */
async function untilPartial(folder: string): Promise<void> {
  const out = join(folder, 'out');
  while (!readdirSync(out).some(isPartial)) await setImmediate();
  // Somewhere between the first byte and the last rename.
  await setTimeout(Math.random() * 10);
}

/** Lets the training reach an iteration; gives the files of its last snapshot. */
export async function trainTo(
  folder: string,
  iteration: number,
): Promise<{
  readonly weights: Buffer;
  readonly state: Buffer;
  readonly log: string;
}> {
  const { status, stderr } = await ranccIn(
    folder,
    ...train,
    ...['--max-iter', `${iteration}`],
  );
  if (status !== 0) throw new Error(`it ended with ${status}: ${stderr}`);
  const stem = join(folder, 'out', `s_iter_${iteration}`);
  return {
    weights: readFileSync(`${stem}.caffemodel`),
    state: readFileSync(`${stem}.solverstate`),
    log: stderr,
  };
}
