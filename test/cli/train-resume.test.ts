import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { requireNative } from '../support/require-native.js';
import { withTemporaryFolder } from '../support/temporary-folder.js';
import { ranccIn } from '../support/training-folder.js';

/** Everything that a run draws or keeps: made-up data, dropout, what an LSTM remembers. */
const net = `name: "drawn"
layer { name: "made" type: "DummyData" top: "x" top: "target"
  dummy_data_param {
    shape { dim: 3 dim: 4 dim: 5 } shape { dim: 3 dim: 4 dim: 2 }
    data_filler { type: "gaussian" std: 1 } data_filler { type: "uniform" min: -1 max: 1 } } }
layer { name: "marks" type: "DummyData" top: "marks"
  dummy_data_param { shape { dim: 3 dim: 4 } data_filler { type: "constant" value: 1 } } }
layer { name: "lstm" type: "LSTM" bottom: "x" bottom: "marks" top: "lstm"
  recurrent_param { num_output: 6 weight_filler { type: "uniform" min: -0.5 max: 0.5 } } }
layer { name: "drop" type: "Dropout" bottom: "lstm" top: "lstm" }
layer { name: "ip" type: "InnerProduct" bottom: "lstm" top: "ip"
  inner_product_param { num_output: 2 axis: 2 weight_filler { type: "xavier" } } }
layer { name: "loss" type: "EuclideanLoss" bottom: "ip" bottom: "target" top: "loss" }
`;

const solver = `net: "net.prototxt" base_lr: 0.05 lr_policy: "fixed" momentum: 0.9
test_iter: 2 test_interval: 3 iter_size: 2 max_iter: 8 display: 1 snapshot: 4
snapshot_prefix: "out/s" snapshot_diff: true solver_mode: CPU`;

const train = ['train', '--solver', 'solver.prototxt'];

describe('A training that goes on', function () {
  this.timeout(120_000);

  before(function () {
    requireNative(this);
  });

  it('draws and remembers what the one would have that was never stopped', () =>
    withTemporaryFolder(async (folder) => {
      writeFileSync(join(folder, 'net.prototxt'), net);
      writeFileSync(join(folder, 'solver.prototxt'), solver);
      mkdirSync(join(folder, 'out'));
      // Without a random_seed: the snapshot says which one was taken.
      const run = await ranccIn(folder, ...train, '--json');
      expect(run.status, run.stderr).to.equal(0);
      const end = join(folder, 'end');
      cpSync(join(folder, 'out'), end, { recursive: true });
      const last = readdirSync(end).filter((name) => name.includes('_iter_8.'));
      expect(last.length).to.equal(3);
      for (const name of last) rmSync(join(folder, 'out', name));
      const resumed = await ranccIn(
        folder,
        ...[...train, '--json', '--snapshot', 'auto'],
      );
      expect(resumed.status, resumed.stderr).to.equal(0);
      for (const name of last)
        expect(
          readFileSync(join(folder, 'out', name)).equals(
            readFileSync(join(end, name)),
          ),
          name,
        ).to.equal(true);
      // Tests, too: the net that is tested remembers for itself.
      const from = (stdout: string): readonly string[] =>
        stdout
          .split('\n')
          .filter((line) => /"iteration": [5-8],.*"outputs"/.test(line));
      expect(from(resumed.stdout)).to.deep.equal(from(run.stdout));
      expect(from(run.stdout).length).to.equal(4);
      const { layerStates } = JSON.parse(
        readFileSync(join(end, 's_iter_4.rancc.json'), 'utf8'),
      ) as { layerStates: Record<string, string> };
      expect(Object.keys(layerStates).toSorted()).to.deep.equal([
        'lstm/state/c',
        'lstm/state/h',
        'test_0/lstm/state/c',
        'test_0/lstm/state/h',
      ]);
    }));
});
