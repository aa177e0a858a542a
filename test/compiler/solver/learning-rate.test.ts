import { expect } from 'chai';

import { learningRate } from '../../../compiler/solver/learning-rate.js';
import type { RateSettings } from '../../../compiler/solver/solver-settings.js';

const settings: RateSettings = {
  policy: 'fixed',
  baseRate: Math.fround(0.1),
  gamma: 0.5,
  power: 2,
  stepSize: 10,
  stepValues: [3, 3, 5],
  maxIterations: 20,
};

/** Rates of iterations 0 and on, six digits, with the step that each leaves. */
function rates(
  policy: RateSettings['policy'],
  iterations: number,
  changed: Partial<RateSettings> = {},
): readonly (readonly [rate: number, step: number])[] {
  let step = 0;
  return Array.from({ length: iterations }, (_, iteration) => {
    const next = learningRate(
      { ...settings, ...changed, policy },
      iteration,
      step,
    );
    step = next.currentStep;
    return [Number(next.rate.toPrecision(6)), step] as const;
  });
}

describe('The learning rate', () => {
  it('steps at the iteration that the step size says', () => {
    const found = rates('step', 21);
    expect([9, 10, 19, 20].map((iteration) => found[iteration])).to.deep.equal([
      [0.1, 0],
      [0.05, 1],
      [0.05, 1],
      [0.025, 2],
    ]);
  });

  it('goes on one step in an iteration, of equal values too', () => {
    expect(rates('multistep', 7).map(([, step]) => step)).to.deep.equal([
      0, 0, 0, 1, 2, 3, 3,
    ]);
  });

  it('goes on from the step of a snapshot', () => {
    const { rate, currentStep } = learningRate(
      { ...settings, policy: 'multistep' },
      4,
      1,
    );
    expect([rate, currentStep]).to.deep.equal([Math.fround(0.025), 2]);
  });

  it('ends above 0 under poly', () => {
    expect(rates('poly', 20).at(-1)).to.deep.equal([0.00025, 0]);
  });

  it('falls as its base to the power of the iteration under exp', () => {
    expect(rates('exp', 4).map(([rate]) => rate)).to.deep.equal([
      0.1, 0.05, 0.025, 0.0125,
    ]);
  });

  it('is 1 / (1 + gamma * iteration) ^ power of its base under inv', () => {
    expect(rates('inv', 3).map(([rate]) => rate)).to.deep.equal([
      0.1, 0.0444444, 0.025,
    ]);
  });

  it('is half of its base at the step size under sigmoid', () => {
    const found = rates('sigmoid', 11, { gamma: -1 });
    expect(found[10]).to.deep.equal([0.05, 0]);
    expect(found[0]?.[0]).to.be.greaterThan(0.0999);
  });

  it('is a float32', () => {
    for (const policy of ['step', 'exp', 'inv', 'poly', 'sigmoid'] as const) {
      const { rate } = learningRate({ ...settings, policy }, 7, 0);
      expect(rate, policy).to.equal(Math.fround(rate));
    }
  });
});
