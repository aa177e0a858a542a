import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

import { compile, type Model } from '../../../compiler/compile.js';

import { openEvaluator } from '../../../runtime/evaluator.js';
import { openSession } from '../../../runtime/session.js';

import { inputText, layerText } from '../../support/lowered.js';
import { tensorOf } from '../../support/numbers.js';
import { requireNative } from '../../support/require-native.js';

const net =
  inputText('data', [1, 3, 6, 6]) +
  layerText(
    'conv',
    'Convolution',
    'data',
    'convolution_param { num_output: 2 kernel_size: 3 weight_filler { type: "xavier" } }',
  ) +
  layerText('bn', 'BatchNorm', 'conv');

function modelOf(text: string, restores = false): Model {
  const { model } = compile({ name: 'net.prototxt', text }, { restores });
  if (model === undefined) throw new Error('not compiled');
  return model;
}

describe('A SavedModel', () => {
  it('has a signature for each thing that it can be asked', () => {
    expect(modelOf(net).savedModel.signatures).to.include.members([
      'predict',
      'serving_default',
      'assign',
      'initialize',
      'read',
      'derive',
      'save',
    ]);
  });

  it('has none for parameters where there are none', () => {
    const { signatures, saver } = modelOf(
      inputText('x', [2]) + layerText('r', 'ReLU', 'x'),
    ).savedModel;
    expect(signatures).to.include('predict');
    expect(signatures).not.to.include.members(['save']);
    expect(saver).to.equal(undefined);
  });

  describe('with a checkpoint', () => {
    let folder: string;

    before(async function () {
      requireNative(this);
      folder = await mkdtemp(join(tmpdir(), 'rancc-saved-'));
    });

    after(async () => {
      // Not made where the tests were skipped.
      if (existsSync(folder)) await rm(folder, { recursive: true });
    });

    it('gives the same numbers when it is loaded again', async () => {
      const inputs = new Map([['data', tensorOf([1, 3, 6, 6], 1)]]);
      const model = modelOf(net);
      const evaluator = await openEvaluator(model);
      await evaluator.initialize();
      const expected = (await evaluator.predict(inputs)).get('bn');
      await mkdir(join(folder, 'variables'));
      await evaluator.save(join(folder, 'variables', 'variables'));
      await evaluator.close();

      const { savedModel } = modelOf(net, true);
      await writeFile(join(folder, 'saved_model.pb'), savedModel.bytes);
      const session = await openSession(folder);
      const [predict] = savedModel.graph.functions;
      const [found] = await session.run(
        [
          {
            name: predict?.inputs.get('data')?.tensor ?? '',
            tensor: tensorOf([1, 3, 6, 6], 1),
          },
        ],
        [predict?.outputs.get('bn')?.tensor ?? ''],
      );
      await session.close();
      expect(found).to.deep.equal(expected);
      const values = (found?.data ?? []) as Float32Array;
      expect(values.some((value) => value !== 0)).to.equal(true);
    });
  });
});
