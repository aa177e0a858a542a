import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

import { compile } from '../../compiler/compile.js';
import { topName } from '../../compiler/lower.js';
import { finalBlob } from '../../compiler/net/net.js';
import { unfolded } from '../../compiler/passes/index.js';
import { fitWeights } from '../../compiler/weights/fit.js';

import type { NdArray } from '../../runtime/arrays/nd-array.js';
import { readNpy } from '../../runtime/arrays/npy.js';
import { writeNpz } from '../../runtime/arrays/npz.js';
import { openEvaluator } from '../../runtime/evaluator.js';
import { EnvironmentFailure } from '../../runtime/native/failure.js';
import { proveParity } from '../../runtime/parity.js';
import { openWeightFile } from '../../runtime/weights/open-weights.js';

import { requireNative } from '../support/require-native.js';
import { withTemporaryFolder } from '../support/temporary-folder.js';
import { reportOf } from './prove.js';

const folder = fileURLToPath(
  new URL('../reference/caffemodels/', import.meta.url),
);
const prototxt = join(folder, 'lenet/deploy.prototxt');
const weights = join(folder, 'lenet/lenet_iter_400.caffemodel');
const source = { name: prototxt, text: readFileSync(prototxt, 'utf8') };

/** The final value of every blob of the net, as a reference would have left them. */
async function allBlobs(): Promise<Map<string, NdArray>> {
  const { model } = compile(source, {
    pipeline: unfolded,
    observed: () => ({ kind: 'every-top' }),
  });
  if (model === undefined) throw new Error('the net is refused');
  const path = join(folder, 'inputs.npy');
  const { value: data } = readNpy(path, readFileSync(path));
  if (data === undefined) throw new Error('no input');
  const opened = openWeightFile(weights);
  const evaluator = await openEvaluator(model);
  try {
    const files = opened.file === undefined ? [] : [opened.file];
    await evaluator.assign(fitWeights(model.net, files).blobs);
    const tops = await evaluator.predict(
      new Map([['data', { dtype: 'float32', ...data }]]),
    );
    const names = new Set(
      model.net.layers.flatMap((layer) => layer.tops.map(({ name }) => name)),
    );
    const blobs = new Map<string, NdArray>([['data', data]]);
    for (const name of names) {
      const blob = finalBlob(model.net, name);
      const tensor = blob && tops.get(topName(blob));
      if (tensor === undefined) continue;
      blobs.set(name, {
        shape: tensor.shape,
        data: tensor.data as Float32Array,
      });
    }
    return blobs;
  } finally {
    await evaluator.close();
    opened.close();
  }
}

async function proveAgainst(blobs: ReadonlyMap<string, NdArray>) {
  return withTemporaryFolder(async (place) => {
    const file = join(place, 'blobs.npz');
    const arrays = Array.from(blobs, ([name, { shape, data }]) => ({
      name,
      shape,
      read: () => data,
    }));
    writeFileSync(file, Buffer.concat([...writeNpz(arrays)]));
    const opened = openWeightFile(weights);
    try {
      return reportOf(
        await proveParity({
          source,
          options: {},
          weights: opened.file === undefined ? [] : [opened.file],
          reference: { kind: 'arrays', file },
        }),
      );
    } finally {
      opened.close();
    }
  });
}

describe('Parity with an archive of blobs', function () {
  this.timeout(120_000);

  before(function () {
    requireNative(this);
  });

  it('tells the layer at fault from those that inherit its error', async () => {
    const blobs = await allBlobs();
    const equal = await proveAgainst(blobs);
    expect(equal.passed).to.equal(true);
    // What conv2 alone did wrong in the reference: the layers below read it there.
    const conv2 = blobs.get('conv2');
    if (conv2 === undefined) throw new Error('no conv2');
    const wrong = conv2.data.map((value) => value * 1.5);
    const report = await proveAgainst(
      new Map([...blobs, ['conv2', { ...conv2, data: wrong }]]),
    );
    expect(report.passed).to.equal(false);
    expect(report.firstDivergence?.name).to.equal('conv2');
    const own = (name: string) =>
      report.layers.find((layer) => layer.name === name)?.own?.passed;
    expect(own('conv1')).to.equal(true);
    expect(own('conv2')).to.equal(false);
    // Right as it stands, wrong on the reference's wrong input.
    expect(own('pool2')).to.equal(false);
    expect(own('ip2')).to.equal(true);
  });

  it('does not know in-place blobs that were overwritten', async () => {
    const report = await proveAgainst(await allBlobs());
    expect(report.notCompared).to.deep.equal(['ip1/0']);
  });
});

describe('Parity with pycaffe', () => {
  it('says how to come by it where there is none', async () => {
    const before = process.env['RANCC_PYTHON'];
    process.env['RANCC_PYTHON'] = 'python3';
    try {
      await proveParity({
        source,
        options: {},
        weights: [],
        reference: { kind: 'pycaffe', prototxt, weights: undefined },
      });
      expect.fail('a pycaffe was found');
    } catch (thrown) {
      expect(thrown).to.be.instanceOf(EnvironmentFailure);
      const { message, cure } = thrown as EnvironmentFailure;
      expect(message).to.match(/no module '(caffe|numpy)'/);
      expect(cure).to.match(/PYTHONPATH|RANCC_PYTHON/);
    } finally {
      if (before === undefined) delete process.env['RANCC_PYTHON'];
      else process.env['RANCC_PYTHON'] = before;
    }
  });
});
