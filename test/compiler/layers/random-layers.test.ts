import { expect } from 'chai';

import { compile } from '../../../compiler/compile.js';

import {
  type SessionThread,
  startSessionThread,
} from '../../../runtime/session.js';

import { inputText, layerText } from '../../support/lowered.js';
import { numbers } from '../../support/numbers.js';
import { requireNative } from '../../support/require-native.js';
import { runModel } from '../../support/run-model.js';

describe('Layers that draw at random, in TRAIN', () => {
  let thread: SessionThread;

  before(async function () {
    requireNative(this);
    thread = await startSessionThread();
  });

  after(async () => {
    await thread.close();
  });

  const outputOf = async (text: string): Promise<Float32Array> => {
    const { model, diagnostics } = compile(
      { name: 'net.prototxt', text },
      { phase: 'TRAIN', dialect: 'ran' },
    );
    if (model === undefined) throw new Error(diagnostics[0]?.message);
    const [output] = (await runModel(thread, model)).values();
    return output?.data as Float32Array;
  };

  it('Dropout keeps what it divides by 1 - ratio, and drops the rest', async () => {
    const y = await outputOf(
      inputText('x', [40, 100]) +
        layerText('y', 'Dropout', 'x', 'dropout_param { dropout_ratio: 0.3 }'),
    );
    const x = numbers(4000, 100);
    let dropped = 0;
    y.forEach((value, at) => {
      if (value === 0) dropped++;
      else expect(value).to.be.closeTo((x[at] ?? NaN) / 0.7, 1e-6);
    });
    expect(dropped / y.length).to.be.closeTo(0.3, 0.03);
  });

  it('STOCHASTIC pooling draws a number by its size', async () => {
    const y = await outputOf(
      inputText('x', [50, 8, 4, 4]) +
        layerText('p', 'AbsVal', 'x') +
        layerText(
          'y',
          'Pooling',
          'p',
          'pooling_param { pool: STOCHASTIC kernel_size: 2 stride: 2 }',
        ),
    );
    const x = numbers(50 * 8 * 16, 100).map(Math.abs);
    let [drawn, expected] = [0, 0];
    y.forEach((value, at) => {
      const [plane, row, column] = [at >> 2, (at >> 1) & 1, at & 1];
      const window = [0, 1, 4, 5].map(
        (place) => x[16 * plane + 8 * row + 2 * column + place] ?? NaN,
      );
      expect(window).to.include(value);
      const sum = window.reduce((total, each) => total + each, 0);
      drawn += value;
      expected += window.reduce((total, each) => total + each ** 2 / sum, 0);
    });
    expect(drawn / y.length).to.be.closeTo(expected / y.length, 0.03);
  });
});
