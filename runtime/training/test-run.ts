import type { Model } from '../../compiler/compile.js';

import type { Evaluator } from '../evaluator.js';
import type { Tensor } from '../tensor.js';
import type { BatchFeed } from './batch-feed.js';
import { scoresOf, ScoreSum } from './scores.js';
import type { Score } from './training-event.js';

export interface TestMeans {
  readonly scores: readonly Score[];
  /** The sum of all losses, each times its weight. */
  readonly loss: number;
}

const lossOf = (scores: readonly Score[]): number =>
  scores.reduce(
    (sum, { value, lossWeight }) => Math.fround(sum + lossWeight * value),
    0,
  );

/** Means of a net's outputs over batches of its data, summed in float32 (caffe.cpp, test). */
export async function testRun(
  { net }: Pick<Model, 'net'>,
  evaluator: Evaluator,
  feed: BatchFeed,
  {
    iterations,
    tell,
    observe = () => undefined,
  }: {
    readonly iterations: number;
    readonly tell: (batch: number, scores: readonly Score[]) => void;
    /** Is shown all that came of a batch, before its scores are told. */
    readonly observe?: (outputs: ReadonlyMap<string, Tensor>) => void;
  },
): Promise<TestMeans> {
  const sum = new ScoreSum();
  let loss = 0;
  for (let batch = 0; batch < iterations; batch++) {
    // Layers that draw do so anew in each batch.
    const outputs = await feed.use((inputs) =>
      evaluator.predict(inputs, undefined, undefined, batch),
    );
    observe(outputs);
    const scores = scoresOf(net, outputs);
    tell(batch, scores);
    sum.add(scores);
    loss = Math.fround(loss + lossOf(scores));
  }
  return { scores: sum.means, loss: Math.fround(loss / iterations) };
}
