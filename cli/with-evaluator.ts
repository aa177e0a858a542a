import type { Model } from '../compiler/compile.js';
import type { FittedWeights } from '../compiler/weights/fit.js';

import { type Evaluator, openEvaluator } from '../runtime/evaluator.js';

import { type Emit, runStage } from './events.js';
import { useScratch } from './scratch.js';

/**
 * Lets `work` use a model in TensorFlow, with the weights that were found; parameters that no
 * file has are those of their fillers.
 */
export async function withEvaluator<T>(
  model: Model,
  fitted: FittedWeights,
  emit: Emit,
  work: (evaluator: Evaluator) => Promise<T>,
): Promise<T> {
  useScratch();
  const evaluator = await runStage(emit, 'starting TensorFlow', () =>
    openEvaluator(model),
  );
  try {
    if (fitted.missing.length > 0) await evaluator.initialize();
    await runStage(emit, 'assigning weights', (progress) =>
      evaluator.assign(fitted.blobs, progress),
    );
    return await work(evaluator);
  } finally {
    await evaluator.close();
  }
}
