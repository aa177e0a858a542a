import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { referenceFolder } from '../support/reference.js';
import { requireNative } from '../support/require-native.js';
import { ranccIn, withTrainingFolder } from '../support/training-folder.js';
import {
  type BlobDigest,
  type TrainingGolden,
  trainingGoldens,
} from '../support/training-golden.js';

const training = referenceFolder('training');
const reference = training?.replace(/training$/, '') ?? '';

function golden(name: string): TrainingGolden {
  const found = trainingGoldens(reference).find((each) => each.golden === name);
  if (found === undefined) throw new Error(`there is no golden ${name}`);
  return found;
}

/** The first iteration of a golden's solver with `debug_info`; its log. */
const firstIteration = (wanted: TrainingGolden, more = ''): Promise<string> =>
  withTrainingFolder(reference, async (folder) => {
    writeFileSync(
      join(folder, 'solver.prototxt'),
      `${wanted.solver.replace(/max_iter: \d+/, 'max_iter: 1')} debug_info: true ${more}`,
    );
    const { status, stderr } = await ranccIn(
      folder,
      ...['train', '--solver', 'solver.prototxt'],
      ...['--weights', wanted.init_weights],
    );
    expect(status, stderr).to.equal(0);
    return stderr;
  });

/** Every value that a line of that form tells, in the order of the log. */
const told = (log: string, line: string): readonly number[] =>
  log
    .split('\n')
    .filter((each) => each.includes(`]     ${line}: `))
    .map((each) => Number(/: (\S+)$/.exec(each)?.[1]));

const closeTo = (found: number | undefined, wanted: number): void => {
  expect(found).to.be.closeTo(wanted, 2e-5 * Math.abs(wanted));
};

const countOf = ({ shape }: BlobDigest): number =>
  shape.reduce((product, size) => product * size, 1);

/** Of a blob all of whose values the golden has. */
const meanOf = (blob: BlobDigest): number =>
  blob.first16.reduce((sum, value) => sum + Math.abs(value), 0) / countOf(blob);

const normOf = (blobs: readonly BlobDigest[]): number =>
  Math.hypot(...blobs.map(({ l2 }) => l2));

const norms = (log: string): readonly (readonly number[])[] =>
  [
    ...log.matchAll(
      /^E.*net\.cpp:719\]     \[Backward\] All net params \(data, diff\): L1 norm = \((\S+), (\S+)\); L2 norm = \((\S+), (\S+)\)$/gm,
    ),
  ].map((match) => match.slice(1).map(Number));

describe('debug_info', function () {
  this.timeout(120_000);

  before(function () {
    requireNative(this);
    if (training === undefined) this.skip();
  });

  it("tells what the reference's gradients are, summed over the passes", async () => {
    const wanted = golden('bn_itersize2');
    const log = await firstIteration(wanted);
    const gradients = wanted.gradients['0'] ?? [];
    const passes = norms(log);
    expect(passes.length).to.equal(2);
    closeTo(passes[1]?.[3], normOf(gradients));
    const known = gradients.filter(
      (blob) => countOf(blob) <= blob.first16.length,
    );
    expect(known.map(({ layer }) => layer)).to.include('conv1/bn');
    for (const blob of known) {
      const line = `[Backward] Layer ${blob.layer}, param blob ${blob.blob} diff`;
      const values = told(log, line);
      expect(values.length, line).to.equal(2);
      // Moving statistics have none, and Caffe tells that too.
      if (blob.l2 === 0) expect(values, line).to.deep.equal([0, 0]);
      else closeTo(values[1], meanOf(blob));
    }
    const losses = told(log, '[Forward] Layer loss, top blob loss data');
    const [first] = wanted.iterations;
    const tested = wanted.tests[0]?.batches.map(({ loss }) => loss?.[0]) ?? [];
    [
      ...tested,
      ...(first?.accumulated?.map(({ loss }) => loss) ?? []),
      // The pass after the last update.
    ].forEach((loss, at) => {
      expect(losses[at], `pass ${at}`).to.be.closeTo(loss ?? NaN, 1e-4);
    });
    expect(losses.length).to.equal(tested.length + 2 + 1);
  });

  it('adds up what layers that share parameters give back', async () => {
    const wanted = golden('shared_weights');
    const log = await firstIteration(wanted, 'test_initialization: false');
    const gradients = wanted.gradients['0'] ?? [];
    const [[, , data, gradient] = []] = norms(log);
    closeTo(gradient, normOf(gradients));
    closeTo(
      data,
      normOf(
        (
          JSON.parse(
            readFileSync(
              join(reference, 'training/goldens/shared_weights.json'),
              'utf8',
            ),
          ) as { init_params: readonly BlobDigest[] }
        ).init_params.filter(({ shared_with: owner }) => owner === undefined),
      ),
    );
    const bias = gradients.find(
      ({ layer, blob }) => layer === 'conv1_a' && blob === 1,
    );
    if (bias === undefined) throw new Error('no such blob');
    // The layer behind comes first; at the one before it the sum is whole.
    const line = (layer: string) =>
      told(log, `[Backward] Layer ${layer}, param blob 1 diff`);
    closeTo(line('conv1_a')[0], meanOf(bias));
    expect(line('conv1_b')[0]).not.to.be.closeTo(meanOf(bias), 1e-3);
    // By the names under which they are shared.
    expect(
      told(log, '[Forward] Layer conv1_b, param blob c1b data').length,
    ).to.equal(2);
  });

  it('of a net counts where that is tested', () =>
    withTrainingFolder(reference, async (folder) => {
      const text = readFileSync(
        join(reference, 'training/nets/tiny.prototxt'),
        'utf8',
      );
      writeFileSync(join(folder, 'net.prototxt'), `debug_info: true ${text}`);
      const weights = 'training/logs/log_run_iter_40.caffemodel';
      const { status, stderr } = await ranccIn(
        folder,
        ...['test', '--model', 'net.prototxt', '--weights', weights],
        ...['--iterations', '2'],
      );
      expect(status, stderr).to.equal(0);
      // The reference's scores are those of the net without it.
      const scores = /Batch \d+, loss = \S+/g;
      const log = readFileSync(
        join(reference, 'training/logs/test.log'),
        'utf8',
      );
      expect(stderr.match(scores)).to.deep.equal(
        log.match(scores)?.slice(0, 2),
      );
      const losses = told(stderr, '[Forward] Layer loss, top blob loss data');
      expect(losses).to.deep.equal(
        stderr.match(scores)?.map((line) => Number(/ = (\S+)/.exec(line)?.[1])),
      );
      // Before ReLU works in its place and after.
      const [conv = 0] = told(
        stderr,
        '[Forward] Layer conv1, top blob conv1 data',
      );
      const [relu = 0] = told(
        stderr,
        '[Forward] Layer conv1_relu, top blob conv1 data',
      );
      expect(relu).to.be.within(conv / 10, conv * 0.9);
      expect(
        told(stderr, '[Forward] Layer ip, param blob 1 data').length,
      ).to.equal(2);
    }));

  it('tells only of iterations that are displayed', async () => {
    const wanted = golden('sgd_fixed');
    const log = await firstIteration(
      { ...wanted, solver: wanted.solver.replace('display: 1', 'display: 0') },
      'test_initialization: false',
    );
    expect(log).not.to.match(/\[(?:Forward|Backward)\]/);
  });
});
