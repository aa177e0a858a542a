import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { referenceFolder } from '../support/reference.js';
import { requireNative } from '../support/require-native.js';
import { ranccIn, withTrainingFolder } from '../support/training-folder.js';

const training = referenceFolder('training');
const reference = training?.replace(/training$/, '') ?? '';

const batchesOfEpoch = 4;

describe('The generated attention net of CIFAR-10', function () {
  this.timeout(240_000);

  before(function () {
    requireNative(this);
    if (training === undefined) this.skip();
  });

  it('learns: its loss falls from epoch to epoch', () =>
    withTrainingFolder(reference, async (folder) => {
      const generated = await ranccIn(
        folder,
        ...['generate', 'attention', '--depth', '56', '--dataset', 'cifar10'],
        ...['--iterations', `${3 * batchesOfEpoch}`, '--batch-size', '16'],
        ...['--data-folder', 'data', '-o', 'nets'],
      );
      expect(generated.status, generated.stderr).to.equal(0);
      // Of 5,000 pictures one would have to see many more; these are 64.
      const edit = (name: string, from: RegExp, to: string): void => {
        const path = join(folder, 'nets', 'Attention-56', name);
        const text = readFileSync(path, 'utf8');
        expect(text).to.match(from);
        writeFileSync(path, text.replace(from, to));
      };
      edit('train_val.prototxt', /data\/train_lmdb/, 'data/png_lmdb');
      edit('solver.prototxt', /base_lr: 0\.1/, 'base_lr: 0.02');
      edit('solver.prototxt', /lr_policy: "multistep"/, 'lr_policy: "fixed"');
      edit('solver.prototxt', /(test_iter|test_interval): .*\n/g, '');
      edit(
        'solver.prototxt',
        /snapshot: .*\n/,
        'snapshot_after_train: false\n',
      );
      const { status, stdout, stderr } = await ranccIn(
        folder,
        ...['train', '--solver', 'nets/Attention-56/solver.prototxt', '--json'],
      );
      expect(status, stderr).to.equal(0);
      const losses = stdout
        .split('\n')
        .flatMap((line) => /"loss": ([\d.]+)/.exec(line)?.[1] ?? [])
        .map(Number);
      expect(losses.length).to.equal(3 * batchesOfEpoch);
      const [first = NaN, second = NaN, third = NaN] = [0, 1, 2].map((epoch) =>
        losses
          .slice(epoch * batchesOfEpoch, (epoch + 1) * batchesOfEpoch)
          .reduce((sum, loss) => sum + loss / batchesOfEpoch, 0),
      );
      expect(second).to.be.below(first);
      expect(third).to.be.below(first - 0.1);
    }));
});
