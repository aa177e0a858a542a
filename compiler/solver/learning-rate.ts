import type { RateSettings } from './solver-settings.js';

/** The rate of an iteration, and how many steps the policy has made by then. */
export interface LearningRate {
  readonly rate: number;
  readonly currentStep: number;
}

const float = Math.fround;

/**
 * The rate of `iteration`, counted from 0, in float32 (sgd_solver.cpp, GetLearningRate).
 * `currentStep` is what the iteration before gave, or a snapshot: `multistep` goes on one
 * step in an iteration at most.
 */
export function learningRate(
  settings: RateSettings,
  iteration: number,
  currentStep: number,
): LearningRate {
  const { baseRate, gamma, power, stepSize, stepValues } = settings;
  const rateOf = (factor: number): number => float(baseRate * factor);
  switch (settings.policy) {
    case 'fixed':
      return { rate: baseRate, currentStep };
    case 'step': {
      const step = Math.trunc(iteration / stepSize);
      return { rate: rateOf(gamma ** step), currentStep: step };
    }
    case 'exp':
      return { rate: rateOf(gamma ** iteration), currentStep };
    case 'inv': {
      const base = float(1 + float(gamma * iteration));
      return { rate: rateOf(base ** -power), currentStep };
    }
    case 'multistep': {
      const next = stepValues[currentStep];
      const step =
        next !== undefined && iteration >= next ? currentStep + 1 : currentStep;
      return { rate: rateOf(gamma ** step), currentStep: step };
    }
    case 'poly': {
      const left = float(1 - float(iteration / settings.maxIterations));
      return { rate: rateOf(left ** power), currentStep };
    }
    case 'sigmoid': {
      const far = float(-gamma * float(iteration - stepSize));
      const factor = float(1 / float(1 + float(Math.exp(far))));
      return { rate: rateOf(factor), currentStep };
    }
  }
}
