import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { requireNative } from '../support/require-native.js';
import { withTemporaryFolder } from '../support/temporary-folder.js';
import { ranccIn, startRancc } from '../support/training-folder.js';

const net = `name: "made"
layer { name: "x" type: "DummyData" top: "x" top: "y"
  dummy_data_param { shape { dim: 8 dim: 4 } shape { dim: 8 }
    data_filler { type: "gaussian" std: 1 } data_filler { type: "constant" } } }
layer { name: "ip" type: "InnerProduct" bottom: "x" top: "ip"
  inner_product_param { num_output: 3 weight_filler { type: "xavier" } } }
layer { name: "loss" type: "SoftmaxWithLoss" bottom: "ip" bottom: "y" top: "loss" }
`;

const solver = `net: "net.prototxt" base_lr: 0.01 lr_policy: "fixed" display: 1
max_iter: 1000000 snapshot_prefix: "out/s" random_seed: 1 solver_mode: CPU`;

const train = ['train', '--solver', 'solver.prototxt'];

const withMade = (work: (folder: string) => Promise<void>): Promise<void> =>
  withTemporaryFolder(async (folder) => {
    writeFileSync(join(folder, 'net.prototxt'), net);
    writeFileSync(join(folder, 'solver.prototxt'), solver);
    mkdirSync(join(folder, 'out'));
    await work(folder);
  });

describe('Signals to a training', function () {
  this.timeout(120_000);

  before(function () {
    requireNative(this);
  });

  it('do what --sigint_effect and --sighup_effect say', () =>
    withMade(async (folder) => {
      const effects = [
        '--sigint_effect',
        'snapshot',
        '--sighup_effect',
        'stop',
      ];
      const run = startRancc(folder, ...train, ...effects);
      await run.logged(/Iteration 2 /);
      run.process.kill('SIGINT');
      await run.logged(/Snapshotting solver state[^]*Iteration \d+ /);
      const [first] = readdirSync(join(folder, 'out'));
      run.process.kill('SIGHUP');
      const { status, stderr } = await run.ended;
      expect(status, stderr).to.equal(0);
      expect(stderr).to.match(/Optimization stopped early/);
      // One that was asked for, and one after training.
      expect(stderr.match(/Snapshotting solver state/g)?.length).to.equal(2);
      expect(first).to.match(/s_iter_\d+\./);
      const states = readdirSync(join(folder, 'out')).filter((name) =>
        name.endsWith('.solverstate'),
      );
      expect(states.length).to.equal(2);

      // The same net tested: SIGINT ends that as any other command.
      const weights = join(
        'out',
        states[0]?.replace('.solverstate', '.caffemodel') ?? '',
      );
      const test = startRancc(
        folder,
        ...['test', '--model', 'net.prototxt', '--weights', weights],
        ...['--iterations', '1000000', '--json'],
      );
      await test.logged(/Batch 2, /);
      test.process.kill('SIGINT');
      const tested = await test.ended;
      expect(tested.status, tested.stderr).to.equal(130);
      expect(tested.stdout).to.equal('');
    }));

  it('take a snapshot at SIGHUP by default, and do nothing where they are to', () =>
    withMade(async (folder) => {
      const run = startRancc(folder, ...train, '--sigint_effect', 'none');
      await run.logged(/Iteration 2 /);
      run.process.kill('SIGINT');
      run.process.kill('SIGINT');
      await run.logged(/Iteration 40 /);
      expect(run.log()).not.to.match(/Snapshotting|stopped/);
      run.process.kill('SIGHUP');
      await run.logged(/Snapshotting solver state[^]*Iteration \d+ /);
      // It goes on.
      expect(run.process.exitCode).to.equal(null);
      run.process.kill('SIGKILL');
      await run.ended;
    }));

  it('are told of where an effect is none that there is', async () => {
    const { status, stderr } = await ranccIn(
      '/',
      ...train,
      ...['--sighup_effect', 'halt'],
    );
    expect(status).to.equal(2);
    expect(stderr).to.match(/stop, snapshot, none/);
  });
});
