import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { openWeightFile } from '../../runtime/weights/open-weights.js';

import { referenceFolder } from '../support/reference.js';
import { requireNative } from '../support/require-native.js';
import { withTemporaryFolder } from '../support/temporary-folder.js';
import { ranccIn, withTrainingFolder } from '../support/training-folder.js';
import { trainingGoldens } from '../support/training-golden.js';
import { lenet, rancc } from './rancc-process.js';

const training = referenceFolder('training');
const reference = training?.replace(/training$/, '') ?? '';

interface Manifest {
  readonly precision: string;
  readonly passes: readonly string[];
  readonly inputs: readonly { readonly dtype: string }[];
}

/** Whether a number has no more than the 8 bits of a bfloat16. */
const isBfloat16 = (value: number): boolean => {
  const bits = new Uint32Array(Float32Array.of(value).buffer);
  return ((bits[0] ?? 0) & 0xffff) === 0;
};

const valuesIn = (path: string): readonly number[] => {
  const { file, close } = openWeightFile(path);
  try {
    return (file?.layers ?? []).flatMap(({ blobs }) =>
      blobs.flatMap((blob) => [...blob.read()]),
    );
  } finally {
    close();
  }
};

describe('rancc --precision', () => {
  it('bf16 compiles to a graph whose manifest says so', () =>
    withTemporaryFolder(async (folder) => {
      const out = join(folder, 'out');
      const net = lenet('deploy.prototxt');
      const flags = ['--precision', 'bf16', '--verify-ir'];
      const said = await rancc('compile', net, '-o', out, ...flags);
      expect(said.status, said.stderr).to.equal(0);
      const manifest = JSON.parse(
        readFileSync(join(out, 'rancc.json'), 'utf8'),
      ) as Manifest;
      expect(manifest.precision).to.equal('bf16');
      expect(manifest.passes).to.include('compute-in-bfloat16');
      expect(manifest.inputs.map(({ dtype }) => dtype)).to.eql(['float32']);
    }));

  it('is refused where it has no meaning', async () => {
    const net = lenet('deploy.prototxt');
    const other = await rancc('compile', net, '--precision', 'fp16');
    expect(other.status).to.equal(2);
    expect(other.stderr).to.match(/fp32, bf16/);
    const reference = ['--reference', lenet('golden.json')];
    const proof = ['validate', net, ...reference, '--precision', 'bf16'];
    const validated = await rancc(...proof);
    expect(validated.status).to.equal(2);
    expect(validated.stderr).to.match(/unknown option '--precision'/);
  });

  it('bf16 trains near the reference, and keeps float32 parameters', async function () {
    requireNative(this);
    if (training === undefined) this.skip();
    const golden = trainingGoldens(reference).find(
      (each) => each.golden === 'sgd_fixed',
    );
    if (golden === undefined) throw new Error('there is no golden');
    await withTrainingFolder(reference, async (folder) => {
      const solver = golden.solver.replace(
        'snapshot_after_train: false',
        'snapshot_after_train: true',
      );
      writeFileSync(join(folder, 'solver.prototxt'), solver);
      const train = ['train', '--solver', 'solver.prototxt', '--json'];
      const said = await ranccIn(
        folder,
        ...[...train, '--weights', golden.init_weights],
        ...['--precision', 'bf16'],
      );
      expect(said.status, said.stderr).to.equal(0);
      // Without oneDNN no processor has kernels for it.
      expect(said.stderr).to.match(/warning\[run\/no-bfloat16-arithmetic\]/);
      expect(said.stderr).to.match(/warning\[run\/float32-gradients\]/);

      const losses = said.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { readonly loss?: number })
        .flatMap(({ loss }) => loss ?? []);
      expect(losses.length).to.equal(golden.iterations.length);
      const furthest = losses.map((loss, at) =>
        Math.abs(loss - (golden.iterations[at]?.loss ?? NaN)),
      );
      // Three products after one another, each of two rounded operands and with a rounded
      // result: nine roundings by 2^-9 at most of a loss below 3.2. Seen was 0.025.
      expect(Math.max(...furthest)).to.be.below(9 * 2 ** -9 * 3.2);
      // Float32 keeps to 1e-6.
      expect(Math.max(...furthest)).to.be.above(1e-4);

      const snapshot = join(folder, 'training/out/sgd_fixed_iter_30');
      const values = valuesIn(`${snapshot}.caffemodel`);
      const short = values.filter(isBfloat16).length / values.length;
      expect(values.length).to.be.above(1000);
      // Of numbers that were never rounded one in 65536 looks so, and zeros.
      expect(short).to.be.below(0.01);

      const resumed = await ranccIn(
        folder,
        ...[...train, '--snapshot', 'auto', '--max-iter', '31'],
      );
      expect(resumed.status, resumed.stderr).to.equal(0);
      expect(resumed.stderr).to.match(
        /warning\[solver\/other-environment\].*--precision bf16, and now it is fp32/,
      );
    });
  });
});
