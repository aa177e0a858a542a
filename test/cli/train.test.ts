import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { logTable, parseLog } from '../support/parse-log.js';
import { referenceFolder } from '../support/reference.js';
import { requireNative } from '../support/require-native.js';
import {
  ranccIn,
  startRancc,
  withTrainingFolder,
} from '../support/training-folder.js';
import {
  type Outputs,
  Tolerances,
  type TrainingGolden,
  trainingGoldens,
} from '../support/training-golden.js';

const training = referenceFolder('training');
const reference = training?.replace(/training$/, '') ?? '';
const goldens = training === undefined ? [] : trainingGoldens(reference);

const golden = (name: string): TrainingGolden => {
  const found = goldens.find((each) => each.golden === name);
  if (found === undefined) throw new Error(`there is no golden ${name}`);
  return found;
};

const logged = (name: string): string =>
  readFileSync(join(reference, 'training', 'logs', name), 'utf8');

interface TrainLine {
  readonly iteration?: number;
  readonly lr?: number;
  readonly loss?: number;
  readonly test?: number;
  readonly outputs?: Outputs;
}

const linesOf = (stdout: string): readonly TrainLine[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TrainLine);

/** Losses, rates and tests of the lines equal the golden's, from an iteration on. */
function expectGolden(
  wanted: TrainingGolden,
  lines: readonly TrainLine[],
  from = 0,
): void {
  const tolerances = new Tolerances(wanted);
  const steps = lines.filter(({ loss }) => loss !== undefined);
  const iterations = wanted.iterations.filter(({ iter }) => iter >= from);
  expect(steps.map(({ iteration }) => iteration)).to.eql(
    iterations.map(({ iter }) => iter),
  );
  iterations.forEach(({ iter, lr, loss }, index) => {
    const what = `iteration ${iter}`;
    expect(Number(steps[index]?.lr?.toPrecision(6)), what).to.equal(lr);
    expect(steps[index]?.loss, what).to.be.closeTo(loss, tolerances.loss(iter));
  });
  const tests = lines.filter(({ test }) => test !== undefined);
  // A run that went on has the test of that iteration a second time.
  const tested = wanted.tests.filter(({ iter }) => iter >= from);
  expect(tests.map(({ iteration, test }) => [iteration, test])).to.eql(
    tested.map(({ iter, net }) => [iter, net]),
  );
  tested.forEach(({ iter, outputs }, index) => {
    for (const [name, values] of Object.entries(outputs))
      values.forEach((value, at) => {
        expect(
          tests[index]?.outputs?.[name]?.[at],
          `test at ${iter}, ${name}`,
        ).to.be.closeTo(
          value,
          name.startsWith('accuracy') ? 0.021 : tolerances.loss(iter),
        );
      });
  });
}

describe('Training from the command line', function () {
  this.timeout(240_000);

  before(function () {
    requireNative(this);
    if (training === undefined) this.skip();
  });

  const solver = (name: string): readonly string[] => [
    'train',
    '--solver',
    `training/solvers/${name}.prototxt`,
  ];
  const tiny = ['--weights', 'training/init/tiny.caffemodel'];
  const out = (folder: string, file: string): Buffer =>
    readFileSync(join(folder, 'training', 'out', file));

  it("writes Caffe's log, and goes on from its own snapshots", () =>
    withTrainingFolder(reference, async (folder) => {
      const run = await ranccIn(folder, ...solver('log_run'), ...tiny);
      expect(run.status, run.stderr).to.equal(0);
      const table = parseLog(run.stderr);
      expect(table.train).to.eql(logTable(logged('train.log.train')));
      expect(table.test).to.eql(logTable(logged('train.log.test')));
      // All lines that tell numbers, word by word.
      expect(tellingLines(run.stderr)).to.eql(
        tellingLines(logged('train.log')),
      );
      const whole = out(folder, 'log_run_iter_40.caffemodel');
      const state = out(folder, 'log_run_iter_40.solverstate');
      const from = ['--snapshot', 'training/out/log_run_iter_20.solverstate'];
      // As Caffe goes on: its data start again.
      const again = await ranccIn(
        folder,
        ...solver('log_run'),
        ...from,
        '--restart-data',
      );
      expect(tellingLines(again.stderr)).to.eql(
        tellingLines(logged('resume.log')),
      );
      // As the run that was never stopped.
      const same = await ranccIn(folder, ...solver('log_run'), ...from);
      expect(same.status, same.stderr).to.equal(0);
      expect(out(folder, 'log_run_iter_40.caffemodel').equals(whole)).to.equal(
        true,
      );
      expect(out(folder, 'log_run_iter_40.solverstate').equals(state)).to.equal(
        true,
      );
    }));

  it('stops at SIGINT with a snapshot, from which auto goes on to the same numbers', () =>
    withTrainingFolder(reference, async (folder) => {
      const long = [...solver('log_run'), ...tiny, '--max-iter', '400'];
      const whole = await ranccIn(folder, ...long);
      expect(whole.status, whole.stderr).to.equal(0);
      const weights = out(folder, 'log_run_iter_400.caffemodel');
      rmSync(join(folder, 'training', 'out'), { recursive: true });
      cpSync(reference + 'training/out', join(folder, 'training', 'out'), {
        recursive: true,
      });
      const run = startRancc(folder, ...long);
      await run.logged(/Iteration 45 /);
      run.process.kill('SIGINT');
      const stopped = await run.ended;
      expect(stopped.status, stopped.stderr).to.equal(0);
      expect(stopped.stderr).to.match(
        /solver.cpp:295] Optimization stopped early/,
      );
      expect(
        existsSync(join(folder, 'training/out/log_run_iter_400.caffemodel')),
      ).to.be.false;
      const resumed = await ranccIn(folder, ...long, '--snapshot', 'auto');
      expect(resumed.status, resumed.stderr).to.equal(0);
      expect(resumed.stderr).to.match(
        /Resuming from training\/out\/log_run_iter/,
      );
      expect(
        out(folder, 'log_run_iter_400.caffemodel').equals(weights),
      ).to.equal(true);
    }));

  for (const name of [
    'adam_itersize2',
    'sgd_itersize3_clip',
    'two_test_nets_by_stage',
    'test_compute_loss_no_initial_test',
  ])
    it(`tells the numbers of ${name} as JSON`, () =>
      withTrainingFolder(reference, async (folder) => {
        const wanted = golden(name);
        const run = await ranccIn(
          folder,
          ...solver(name),
          ...['--weights', wanted.init_weights, '--json'],
        );
        expect(run.status, run.stderr).to.equal(0);
        expectGolden(wanted, linesOf(run.stdout));
      }));

  for (const [name, state] of [
    ['resume_binaryproto', 'resume_binaryproto_iter_10.solverstate'],
    ['resume_hdf5_adam', 'resume_hdf5_adam_iter_10.solverstate.h5'],
  ] as const)
    it(`goes on from Caffe's ${state}`, () =>
      withTrainingFolder(reference, async (folder) => {
        const states = join(reference, 'training', 'out');
        for (const file of readdirSync(states))
          cpSync(join(states, file), join(folder, 'training', 'out', file));
        const run = await ranccIn(
          folder,
          ...solver(name),
          ...['--snapshot', `training/out/${state}`, '--json'],
        );
        expect(run.status, run.stderr).to.equal(0);
        expect(run.stderr).to.match(/warning\[solver\/data-restart\]/);
        const wanted = golden(name);
        const lines = linesOf(run.stdout).filter(
          ({ test, iteration }) => test === undefined || iteration === 20,
        );
        expectGolden(
          { ...wanted, tests: wanted.tests.filter(({ iter }) => iter === 20) },
          lines,
          10,
        );
      }));

  it('goes on from its own HDF5 snapshots', () =>
    withTrainingFolder(reference, async (folder) => {
      const wanted = golden('resume_hdf5_adam');
      writeFileSync(
        join(folder, 'solver.prototxt'),
        wanted.solver.replace('snapshot_after_train: false', ''),
      );
      const trained = ['train', '--solver', 'solver.prototxt', '--json'];
      const weights = ['--weights', wanted.init_weights];
      const whole = await ranccIn(folder, ...trained, ...weights);
      expect(whole.status, whole.stderr).to.equal(0);
      const first = await ranccIn(
        folder,
        ...trained,
        ...weights,
        ...['--max-iter', '10'],
      );
      expect(first.stderr).to.match(/Snapshotting to HDF5 file/);
      rmSync(join(folder, 'training/out/resume_hdf5_adam_iter_20.rancc.json'));
      const resumed = await ranccIn(
        folder,
        ...trained,
        ...['--snapshot', 'auto'],
      );
      expect(resumed.status, resumed.stderr).to.equal(0);
      const from10 = (stdout: string) =>
        linesOf(stdout).filter(({ iteration = 0 }) => iteration >= 10);
      expect(from10(resumed.stdout)).to.eql(from10(whole.stdout));
    }));

  it("scores a net with Caffe's log", () =>
    withTrainingFolder(reference, async (folder) => {
      const weights = 'training/logs/log_run_iter_40.caffemodel';
      const run = await ranccIn(
        folder,
        ...['test', '--model', 'training/nets/tiny.prototxt'],
        ...['--weights', weights, '--iterations', '6', '--json'],
      );
      expect(run.status, run.stderr).to.equal(0);
      expect(tellingLines(run.stderr)).to.eql(tellingLines(logged('test.log')));
      const { iterations, outputs } = JSON.parse(run.stdout) as {
        iterations: number;
        outputs: Record<string, number>;
      };
      expect(iterations).to.equal(6);
      expect(outputs['accuracy']).to.be.closeTo(0.12, 1e-6);
      expect(outputs['loss']).to.be.closeTo(2.25655, 1e-5);
    }));

  it('ends at a loss that is no number, and leaves the snapshot before', () =>
    withTrainingFolder(reference, async (folder) => {
      const text = readFileSync(
        join(folder, 'training/solvers/log_run.prototxt'),
        'utf8',
      ).replace(/base_lr: \S+/, 'base_lr: 1e30');
      writeFileSync(join(folder, 'wild.prototxt'), text);
      const run = await ranccIn(
        folder,
        ...['train', '--solver', 'wild.prototxt', ...tiny],
      );
      expect(run.status).to.equal(1);
      expect(run.stderr)
        .to.match(/iteration [1-9]/)
        .and.match(/base_lr/);
      expect(run.stderr).not.to.match(/internal error/);
      expect(readdirSync(join(folder, 'training', 'out'))).to.eql([]);
    }));
});

/** Lines with numbers, without the time, the process and how fast it went. */
const tellingLines = (log: string): readonly string[] =>
  log
    .split('\n')
    .filter((line) =>
      /^I.*(= |Loss: |step = |Testing net|Snapshotting|Optimiz|Solving|Policy)/.test(
        line,
      ),
    )
    .map((line) =>
      line
        .replace(/^.*?(\S+:\d+])/, '$1')
        .replace(/ \(\S+ iter\/s, [^)]*\)/, ''),
    );
