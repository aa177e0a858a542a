import { expect } from 'chai';

import { loadSolver } from '../../compiler/schema/load-solver.js';
import { learningRate } from '../../compiler/solver/learning-rate.js';
import {
  type SolverSettings,
  solverSettings,
} from '../../compiler/solver/solver-settings.js';

import type { AttentionOptions } from '../../prototxts/attention.js';

import { generatedText } from './generated-file.js';

const cifar = { depth: 92, unit: 'preact', dataset: 'cifar10' } as const;
const imagenet = { depth: 56, unit: 'resnext', dataset: 'imagenet' } as const;

function settingsOf(options: AttentionOptions): SolverSettings {
  const source = { name: 'solver', text: generatedText(options, 'solver') };
  const { solver, diagnostics } = loadSolver(source, { strict: true });
  if (solver === undefined) throw new Error('no solver was read');
  const read = solverSettings(solver);
  expect([...diagnostics, ...read.diagnostics]).to.deep.equal([]);
  if (read.settings === undefined) throw new Error('the solver was refused');
  return read.settings;
}

/** The rates of a training, each with the iteration at which it begins. */
function ratesOf({ rate }: SolverSettings): readonly (readonly number[])[] {
  const rates: (readonly number[])[] = [];
  let step = 0;
  for (let iteration = 0; iteration < rate.maxIterations; iteration++) {
    const now = learningRate(rate, iteration, step);
    if (iteration === 0 || now.currentStep !== step) {
      rates.push([iteration, Number(now.rate.toPrecision(6))]);
    }
    step = now.currentStep;
  }
  return rates;
}

describe('Solvers of the family', () => {
  it('train for CIFAR as the paper says', () => {
    const settings = settingsOf(cifar);
    expect(settings).to.include({ type: 'Nesterov', regularization: 'L2' });
    expect(settings.momentum).to.equal(Math.fround(0.9));
    expect(settings.weightDecay).to.equal(Math.fround(1e-4));
    expect(settings.rate.maxIterations).to.equal(160_000);
    expect(ratesOf(settings)).to.deep.equal([
      [0, 0.1],
      [64_000, 0.01],
      [96_000, 0.001],
    ]);
  });

  it('train for ImageNet as the paper says, and tell what it does not', () => {
    const settings = settingsOf(imagenet);
    expect(settings).to.include({ type: 'SGD' });
    expect(settings.momentum).to.equal(Math.fround(0.9));
    expect(settings.rate.maxIterations).to.equal(530_000);
    expect(ratesOf(settings)).to.deep.equal([
      [0, 0.1],
      [200_000, 0.01],
      [400_000, 0.001],
      [500_000, 0.0001],
    ]);
    expect(generatedText(imagenet, 'solver')).to.match(
      /# Ours, .* weight decay, and the batches of 64 .*\nweight_decay: 0.0001/,
    );
  });

  it('test on every picture once', () => {
    for (const [options, batch, pictures] of [
      [cifar, 100, 10_000],
      [imagenet, 50, 50_000],
    ] as const) {
      const text = generatedText(options, 'solver');
      const [, iterations] = /^test_iter: (\d+)$/m.exec(text) ?? [];
      expect(Number(iterations) * batch).to.equal(pictures);
      expect(generatedText(options, 'train_val')).to.match(
        new RegExp(`(test|val)_lmdb" batch_size: ${batch} `),
      );
    }
  });

  it('name the net and the snapshots by the folder of the net', () => {
    const text = generatedText(
      { ...cifar, mask: 'channel', folder: 'nets/tried' },
      'solver',
    );
    const folder = 'nets/tried/Attention-92-channel';
    expect(text).to.include(`net: "${folder}/train_val.prototxt"`);
    expect(text).to.include(
      `snapshot_prefix: "${folder}/Attention-92-channel"`,
    );
    expect(generatedText(cifar, 'solver')).to.include(
      'net: "Attention-92/train_val.prototxt"',
    );
  });

  it('shorten the whole training, with its steps', () => {
    const settings = settingsOf({
      ...cifar,
      iterations: 300,
      testIterations: 2,
    });
    expect(ratesOf(settings)).to.deep.equal([
      [0, 0.1],
      [120, 0.01],
      [180, 0.001],
    ]);
    const text = generatedText(
      { ...cifar, iterations: 300, testIterations: 2 },
      'solver',
    );
    expect(text).to.match(/^test_iter: 2$/m);
    expect(text).to.match(/^test_interval: 300$/m);
    expect(text).to.match(/^snapshot: 300$/m);
  });
});
