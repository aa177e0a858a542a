import type { Model } from '../../compiler/compile.js';

import { openEvaluatorIn, parametersOf } from '../../runtime/evaluator.js';
import type { SessionThread, Tensor } from '../../runtime/session.js';

import { numbers, tensorOf } from './numbers.js';

/** One forward pass of a model with made-up parameters and inputs, the same in each run. */
export async function runModel(
  thread: SessionThread,
  model: Model,
): Promise<ReadonlyMap<string, Tensor>> {
  const evaluator = await openEvaluatorIn(thread, model);
  try {
    await evaluator.assign(
      parametersOf(model).map(({ name, type }, index) => {
        const count = type.shape.reduce((product, size) => product * size, 1);
        const read = () => numbers(count, index + 1);
        const { shape } = type;
        const blob = { shape, storedAs: 'shape' as const, count, read };
        return { variable: name, blob };
      }),
    );
    const inputs = model.net.inputs.map(
      ({ name, shape }, index) =>
        [name, tensorOf(shape ?? [], 100 + index)] as const,
    );
    return await evaluator.predict(new Map(inputs));
  } finally {
    await evaluator.close();
  }
}
