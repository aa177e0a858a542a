import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { readNpz } from '../../runtime/arrays/npz.js';
import { openFile } from '../../runtime/file-source.js';

import { requireNative } from '../support/require-native.js';
import { withTemporaryFolder } from '../support/temporary-folder.js';
import { documentIn, lenet, rancc, reference } from './rancc-process.js';

const net = lenet('deploy.prototxt');
const weights = ['--weights', lenet('lenet_iter_400.caffemodel')];
const input = ['--input', `data=${reference('caffemodels/inputs.npy')}`];

describe('Commands that run TensorFlow', function () {
  this.timeout(120_000);
  before(function () {
    requireNative(this);
  });

  it('run a net and write what comes out so that it reads back exactly', () =>
    withTemporaryFolder(async (folder) => {
      const out = join(folder, 'out.npz');
      const said = await rancc(
        'run',
        net,
        ...weights,
        ...input,
        ...['--blob', 'ip2', '--blob', 'prob', '--iterations', '2'],
        ...['-o', out, '--json'],
      );
      expect(said.status, said.stderr).to.equal(0);
      const { iterations } = documentIn(said) as {
        iterations: {
          outputs: Record<string, { shape: number[]; data: number[] }>;
        }[];
      };
      expect(iterations).to.have.length(2);
      const { prob } = iterations[0]?.outputs ?? {};
      expect(prob?.shape).to.eql([8, 10]);
      const file = openFile(out);
      const read = readNpz(file).value;
      expect(read?.names).to.have.members(['ip2', 'prob']);
      const array = read?.read('prob').value;
      file.close();
      expect(prob?.data.map(Math.fround)).to.eql([...(array?.data ?? [])]);
    }));

  it('tell of inputs that are missing, unknown or of another shape', async () => {
    const missing = await rancc('run', net, '--input', `dat=${net}`);
    expect(missing.status).to.equal(1);
    expect(missing.stderr)
      .to.match(/error\[run\/unknown-input\]/)
      .and.match(/did you mean 'data'/)
      .and.match(/deploy\.prototxt:5:8: error\[run\/missing-input\]/);
    const shape = await rancc(
      'run',
      net,
      ...input,
      '--input-shape',
      'data=1,3,32,32',
    );
    expect(shape.status).to.equal(1);
    expect(shape.stderr).to.match(/8x3x32x32.*1x3x32x32/);
  });

  it('prove the numbers of a golden, and tell where they differ', async () => {
    const golden = ['--reference', lenet('expected.json')];
    const good = await rancc('validate', net, ...golden, '--json');
    expect(good.status, good.stderr).to.equal(0);
    const document = documentIn(good) as { layers: unknown[] };
    expect(document).to.include({ passed: true, firstDivergence: null });
    expect(document.layers).to.have.length(8);
    const bad = await rancc(
      'validate',
      net,
      ...golden,
      ...['--weights', lenet('lenet_iter_400.caffemodel')],
      ...['--tolerance', '1e-12'],
    );
    expect(bad.status).to.equal(1);
    expect(bad.stdout)
      .to.match(/first to differ: layer 'conv1'/)
      .and.match(/^failed$/m);
  });

  it('compile a net with its weights', () =>
    withTemporaryFolder(async (folder) => {
      const out = join(folder, 'net.rancc');
      const said = await rancc('compile', net, ...weights, '-o', out);
      expect(said.status, said.stderr).to.equal(0);
      expect(readdirSync(join(out, 'variables'))).to.have.length(2);
      const manifest = JSON.parse(
        readFileSync(join(out, 'rancc.json'), 'utf8'),
      ) as Record<string, unknown>;
      expect(manifest).to.include({ generator: 'rancc', initialised: true });
      expect(existsSync(join(out, 'saved_model.pb'))).to.equal(true);
    }));
});
