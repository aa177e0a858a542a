import type { Net } from '../../compiler/net/net.js';

import type { Tensor } from '../tensor.js';
import type { Score } from './training-event.js';

/** The numbers of a net's outputs in the order in which Caffe lists them. */
export const scoresOf = (
  { outputs }: Net,
  values: ReadonlyMap<string, Tensor>,
): readonly Score[] =>
  outputs.flatMap(({ name, lossWeight }) =>
    [...(values.get(name)?.data ?? [])].map((value) => ({
      name,
      value: Number(value),
      lossWeight,
    })),
  );

/** Sums scores of batches in float32, as Caffe's tests do. */
export class ScoreSum {
  #sum: readonly Score[] = [];
  #batches = 0;

  add(scores: readonly Score[]): void {
    this.#sum =
      this.#batches === 0
        ? scores
        : this.#sum.map((score, index) => ({
            ...score,
            value: Math.fround(score.value + (scores[index]?.value ?? 0)),
          }));
    this.#batches += 1;
  }

  get means(): readonly Score[] {
    return this.#sum.map((score) => ({
      ...score,
      value: Math.fround(score.value / this.#batches),
    }));
  }
}
