import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import type { WeightFile } from '../../../compiler/weights/weight-file.js';

import { openHdf5 } from '../../../runtime/hdf5/hdf5-file.js';
import { EnvironmentFailure } from '../../../runtime/native/failure.js';
import { PendingRequests } from '../../../runtime/training/interruption.js';
import type { TrainingEvent } from '../../../runtime/training/training-event.js';
import { TrainingFailure } from '../../../runtime/training/training-failure.js';
import { openWeightFile } from '../../../runtime/weights/open-weights.js';

import { referenceFolder } from '../../support/reference.js';
import { requireNative } from '../../support/require-native.js';
import { withTemporaryFolder } from '../../support/temporary-folder.js';
import { trainHere } from '../../support/train-here.js';

const data = referenceFolder('data') ?? '';

const layer = (text: string): string => `layer { ${text} }\n`;
/** Records of a database, in their order; a test sees others in each of its batches. */
const records = (phase: string, source: string): string =>
  layer(`name: "data" type: "Data" top: "data" top: "label" include { phase: ${phase} }
    transform_param { scale: 0.00390625 crop_size: 8 }
    data_param { source: "${source}" batch_size: 4 backend: LMDB }`);
const body = (more = ''): string =>
  `${more}${layer(`name: "ip" type: "InnerProduct" bottom: "data" top: "ip"
    inner_product_param { num_output: 10 weight_filler { type: "xavier" } }`)}
  ${layer('name: "loss" type: "SoftmaxWithLoss" bottom: "ip" bottom: "label" top: "loss"')}`;
const netOf = (source = join(data, 'train_lmdb'), more = ''): string =>
  `name: "small" ${records('TRAIN', source)}
   ${records('TEST', join(data, 'test_lmdb'))} ${body(more)}`;

const solverOf = (folder: string, more = ''): string =>
  `net: "net.prototxt" base_lr: 0.1 lr_policy: "fixed" momentum: 0.9 random_seed: 3
   snapshot_prefix: "${join(folder, 's')}" solver_mode: CPU ${more}`;

/** Asks at the given look, counted from 1, for what is given. */
const askingAt = (asked: Readonly<Record<number, 'stop' | 'snapshot'>>) => {
  let looks = 0;
  return { take: () => asked[++looks] };
};

const kinds = (events: readonly TrainingEvent[]): readonly string[] =>
  events.map(({ kind }) => kind);

const tested = (events: readonly TrainingEvent[], iteration: number) =>
  events.filter(
    (event) => event.kind === 'tested' && event.iteration === iteration,
  );

const snapshotsIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => /^\.?s_iter/.test(name))
    .toSorted();

/** Blobs of a layer in a weight file. */
function blobsIn(path: string, name: string): readonly Float32Array[] {
  const { file, close } = openWeightFile(path);
  try {
    const found: WeightFile['layers'][number] | undefined = file?.layers.find(
      (each) => each.name === name,
    );
    return found?.blobs.map((blob) => blob.read()) ?? [];
  } finally {
    close();
  }
}

const equal = (one: Float32Array, two: Float32Array | undefined): boolean =>
  Buffer.from(one.buffer, one.byteOffset, one.byteLength).equals(
    Buffer.from(
      two?.buffer ?? new ArrayBuffer(0),
      two?.byteOffset,
      two?.byteLength,
    ),
  );

describe('Requests of signals', () => {
  it('are taken once each, the oldest first; none asks for nothing', () => {
    const requests = new PendingRequests();
    requests.request('none');
    expect(requests.take()).to.equal(undefined);
    requests.request('snapshot');
    requests.request('stop');
    requests.request('snapshot');
    expect(requests.take()).to.equal('snapshot');
    expect(requests.take()).to.equal('stop');
    expect(requests.take()).to.equal(undefined);
  });
});

describe('A training', function () {
  this.timeout(120_000);

  before(function () {
    requireNative(this);
    if (data === '') this.skip();
  });

  it('stops in a test at once, and makes the whole test anew when it goes on', () =>
    withTemporaryFolder(async (folder) => {
      const solver = solverOf(
        folder,
        'test_iter: 3 test_interval: 2 max_iter: 4',
      );
      const whole = await trainHere(solver, netOf());
      expect(whole.failure).to.equal(undefined);
      expect(kinds(whole.events).at(-1)).to.equal('ended');
      for (const name of snapshotsIn(folder)) rmSync(join(folder, name));

      // A look before each batch, and one after each iteration: 3 + 1 + 1, then the test at 2.
      const stopped = await trainHere(solver, netOf(), {
        interruption: askingAt({ 6: 'snapshot', 7: 'stop' }),
      });
      expect(kinds(stopped.events).slice(-7)).to.deep.equal([
        'test-started',
        'snapshot',
        'snapshot-written',
        'test-interrupted',
        // After training, too: its files are the same.
        'snapshot',
        'snapshot-written',
        'ended',
      ]);
      expect(stopped.events.at(-1)).to.include({ why: 'stopped' });
      expect(tested(stopped.events, 2)).to.deep.equal([]);
      const resumed = await trainHere(solver, netOf(), { snapshot: 'auto' });
      expect(resumed.failure).to.equal(undefined);
      expect(resumed.codes).to.deep.equal([]);
      for (const iteration of [2, 4])
        expect(tested(resumed.events, iteration)).to.deep.equal(
          tested(whole.events, iteration),
        );
    }));

  it('ends with the iteration when its disk is full, the snapshot before as it was', () =>
    withTemporaryFolder(async (folder) => {
      const solver = solverOf(folder, 'snapshot: 1 max_iter: 3');
      const kept = (): readonly string[] =>
        snapshotsIn(folder).map(
          (name) =>
            `${name} ${readFileSync(join(folder, name)).toString('base64')}`,
        );
      let before: readonly string[] = [];
      const { failure } = await trainHere(solver, netOf(), {
        tell: (event) => {
          if (event.kind !== 'iteration' || event.iteration !== 1) return;
          before = kept();
          // Whatever is written there finds no space.
          symlinkSync(
            '/dev/full',
            join(folder, `.s_iter_2.caffemodel.partial-${process.pid}`),
          );
        },
      });
      expect(failure).to.be.instanceOf(EnvironmentFailure);
      expect(failure)
        .to.have.property('message')
        .that.matches(/^iteration 2: .*ENOSPC/);
      expect(failure)
        .to.have.property('cure')
        .that.matches(/--snapshot auto/);
      expect(before.length).to.equal(3);
      expect(kept()).to.deep.equal(before);
      const resumed = await trainHere(solver, netOf(), { snapshot: 'auto' });
      expect(resumed.failure).to.equal(undefined);
      expect(snapshotsIn(folder)).to.include('s_iter_3.rancc.json');
    }));

  it('ends with the iteration when its database vanishes', () =>
    withTemporaryFolder(async (folder) => {
      const source = join(folder, 'lmdb');
      mkdirSync(source);
      const file = join(source, 'data.mdb');
      copyFileSync(join(data, 'train_lmdb', 'data.mdb'), file);
      const solver = solverOf(folder, 'snapshot: 2 max_iter: 2000');
      const { failure, events } = await trainHere(solver, netOf(source), {
        tell: (event) => {
          if (event.kind === 'iteration' && event.iteration === 3)
            truncateSync(file, 4096);
        },
      });
      expect(failure).to.be.instanceOf(TrainingFailure);
      expect(failure)
        .to.have.property('message')
        .that.matches(/^iteration \d+: .*lmdb/);
      expect(failure)
        .to.have.property('advice')
        .that.includes.members([
          'when the data are right again, --snapshot auto goes on',
        ]);
      expect(kinds(events)).not.to.include('ended');
      expect(snapshotsIn(folder)).to.include('s_iter_2.rancc.json');
    }));

  it('keeps the last update of each parameter with snapshot_diff', () =>
    withTemporaryFolder(async (folder) => {
      const solver = (more: string): string =>
        solverOf(folder, `snapshot: 1 max_iter: 2 snapshot_diff: true ${more}`);
      const binary = await trainHere(solver(''), netOf());
      expect(binary.failure).to.equal(undefined);
      const hdf5 = await trainHere(solver('snapshot_format: HDF5'), netOf());
      expect(hdf5.failure).to.equal(undefined);
      const weights = (iteration: number) =>
        blobsIn(join(folder, `s_iter_${iteration}.caffemodel`), 'ip');
      const reader = openHdf5(join(folder, 's_iter_2.caffemodel.h5'));
      const bytes = readFileSync(join(folder, 's_iter_2.caffemodel'));
      try {
        const [before, after] = [weights(1), weights(2)];
        expect(before.length).to.equal(2);
        before.forEach((blob, number) => {
          const diff = reader.read(`diff/ip/${number}`) as Float32Array;
          expect(diff.some((value) => value !== 0)).to.equal(true);
          expect(
            equal(
              blob.map((value, index) => value - (diff[index] ?? 0)),
              after[number],
            ),
            `blob ${number}`,
          ).to.equal(true);
          // The other form has the same numbers.
          expect(
            bytes.includes(
              Buffer.from(diff.buffer, diff.byteOffset, diff.byteLength),
            ),
          ).to.equal(true);
        });
      } finally {
        reader.close();
      }
    }));

  it('leaves moving statistics to the forward passes with --protect-statistics', () =>
    withTemporaryFolder(async (folder) => {
      const bn = layer(`name: "bn" type: "BN" bottom: "data" top: "data"
        bn_param { slope_filler { type: "constant" value: 1 } }`);
      const net = netOf(undefined, bn);
      const statistics = async (
        name: string,
        weightDecay: number,
        protectStatistics: boolean,
      ): Promise<readonly Float32Array[]> => {
        mkdirSync(join(folder, name));
        const { failure, codes } = await trainHere(
          solverOf(
            join(folder, name),
            `max_iter: 1 weight_decay: ${weightDecay}`,
          ),
          net,
          { protectStatistics },
        );
        expect(failure).to.equal(undefined);
        expect(codes.includes('solver/statistics-decay')).to.equal(
          weightDecay > 0 && !protectStatistics,
        );
        return blobsIn(join(folder, name, 's_iter_1.caffemodel'), 'bn').slice(
          2,
        );
      };
      // After one iteration they come of the forward pass alone, whatever it learns.
      const free = await statistics('free', 0, false);
      const decayed = await statistics('decayed', 0.5, false);
      const kept = await statistics('kept', 0.5, true);
      expect(free.length).to.equal(2);
      free.forEach((blob, index) => {
        expect(equal(blob, kept[index]), `statistic ${index}`).to.equal(true);
        const less = decayed[index];
        blob.forEach((value, at) => {
          // rate * decay of what the forward pass left.
          expect(less?.[at]).to.be.closeTo(
            value * (1 - 0.1 * 0.5),
            1e-6 * Math.abs(value),
          );
        });
      });
    }));

  it("starts from the solver's own weights", () =>
    withTemporaryFolder(async (folder) => {
      const first = await trainHere(solverOf(folder, 'max_iter: 1'), netOf());
      expect(first.failure).to.equal(undefined);
      const file = join(folder, 's_iter_1.caffemodel');
      const other = join(folder, 'other.caffemodel');
      copyFileSync(file, other);
      const from = await trainHere(
        solverOf(folder, `max_iter: 0 weights: "${other}"`).replace(
          `${folder}/s"`,
          `${folder}/again"`,
        ),
        netOf(),
      );
      expect(from.failure).to.equal(undefined);
      const again = blobsIn(join(folder, 'again_iter_0.caffemodel'), 'ip');
      blobsIn(file, 'ip').forEach((blob, index) => {
        expect(equal(blob, again[index])).to.equal(true);
      });
      const missing = await trainHere(
        solverOf(folder, `max_iter: 0 weights: "${other},none.caffemodel"`),
        netOf(),
      );
      expect(missing.codes).to.include('solver/weights-missing');
      expect(missing.events).to.deep.equal([]);
      writeFileSync(other, 'no weights');
      const broken = await trainHere(
        solverOf(folder, `max_iter: 0 weights: "${other}"`),
        netOf(),
      );
      expect(broken.failure).not.to.equal(undefined);
      expect(broken.events).to.deep.equal([]);
    }));
});
