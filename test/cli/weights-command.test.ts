import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';

import {
  countOf,
  type WeightBlob,
} from '../../compiler/weights/weight-file.js';

import { writeWeights } from '../../runtime/weights/write-weights.js';

import { withTemporaryFolder } from '../support/temporary-folder.js';
import { documentIn, lenet, rancc, reference } from './rancc-process.js';

describe('The command weights', () => {
  it('inspects a file', async () => {
    const file = lenet('lenet_iter_400.caffemodel');
    const said = await rancc('weights', 'inspect', file, '--json');
    expect(said.status, said.stderr).to.equal(0);
    const document = documentIn(said) as {
      layers: { name: string; blobs: unknown[] }[];
    };
    expect(document).to.include({ name: 'lenet', parameters: 69466 });
    const conv1 = document.layers.find(({ name }) => name === 'conv1');
    expect(conv1?.blobs[0]).to.deep.include({ shape: [20, 3, 5, 5] });
  });

  it('tells equal files from others by its status', async () => {
    const file = lenet('lenet_iter_400.caffemodel');
    const same = await rancc('weights', 'diff', file, file);
    expect([same.status, same.stdout]).to.eql([0, 'equal\n']);
    const other = reference(
      'caffemodels/resnet_batchnorm/resnet_batchnorm_iter_300.caffemodel',
    );
    const different = await rancc('weights', 'diff', file, other, '--json');
    expect(different.status).to.equal(1);
    expect(documentIn(different)).to.include({ equal: false });
  });

  it('refuses a damaged file with its place', async () => {
    const said = await rancc('weights', 'inspect', lenet('deploy.prototxt'));
    expect(said.status).to.equal(1);
    expect(said.stderr).to.match(/error\[weights\//);
  });

  it('refuses a pipe that nobody writes to, and does not wait for it', () =>
    withTemporaryFolder(async (folder) => {
      const pipe = join(folder, 'net.caffemodel');
      execFileSync('mkfifo', [pipe]);
      const said = await rancc('weights', 'inspect', pipe);
      expect(said.status).to.equal(2);
      expect(said.stderr).to.include(`${pipe} is no file`);
    }));

  it('writes the weights of a formula', () =>
    withTemporaryFolder(async (folder) => {
      const out = join(folder, 'net.caffemodel');
      const net = join(
        reference('..'),
        '../prototxts/imagenet/Attention-56/deploy.prototxt',
      );
      const said = await rancc(
        'weights',
        'synthesize',
        net,
        '--golden',
        reference('nets/Attention-56.224.json'),
        '-o',
        out,
        '--json',
      );
      expect(said.status, said.stderr).to.equal(0);
      expect(documentIn(said)).to.include({ layers: 218 });
    }));
});

/** A weight file with one layer of the given name, of ones: a classifier of LeNet's. */
function writeClassifier(path: string, name: string): Promise<unknown> {
  const blob = (shape: readonly number[]): WeightBlob => ({
    shape,
    storedAs: 'shape',
    count: countOf(shape),
    read: () => new Float32Array(countOf(shape)).fill(1),
  });
  const blobs = [blob([10, 64]), blob([10])];
  const layers = [{ name, type: 'InnerProduct', blobs }];
  return writeWeights(path, 'npz', { path, name: '', format: '', layers });
}

describe('several files in --weights', () => {
  const net = lenet('deploy.prototxt');
  const whole = lenet('lenet_iter_400.caffemodel');

  it('of which the last with a layer counts', () =>
    withTemporaryFolder(async (folder) => {
      const ones = join(folder, 'ones.npz');
      await writeClassifier(ones, 'ip2');
      const input = `data=${reference('caffemodels/inputs.npy')}`;
      const weights = `${whole},${ones}`;
      const said = await rancc(
        ...['run', net, '--weights', weights, '--input', input, '--json'],
      );
      expect(said.status, said.stderr).to.equal(0);
      const { iterations } = documentIn(said) as {
        iterations: { outputs: Record<string, { data: number[] }> }[];
      };
      const classes = iterations[0]?.outputs['prob']?.data.slice(0, 10);
      expect(new Set(classes).size).to.equal(1);
    }));

  it('are told of each with the layers that the net has not', () =>
    withTemporaryFolder(async (folder) => {
      const files = ['one', 'two'].map((name) => join(folder, `${name}.npz`));
      for (const file of files) await writeClassifier(file, 'other');
      const weights = [...files, whole].join(',');
      const out = join(folder, 'lenet.rancc');
      const said = await rancc('compile', net, '-o', out, '--weights', weights);
      expect(said.status, said.stderr).to.equal(0);
      for (const file of files)
        expect(said.stdout).to.include(`1 layer of ${file}: other`);
    }));
});
