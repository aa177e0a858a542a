import { drawsOf } from '../transform/draws.js';

/**
 * The order of `count` things in an epoch, drawn from the seed alone (Fisher and Yates): any
 * thread that asks gets the same.
 */
export function shuffledOrder(
  count: number,
  seed: number,
  purpose: string,
  epoch: number,
): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  const draws = drawsOf(seed, purpose, epoch);
  for (let last = count - 1; last > 0; last--) {
    const other = draws.below(last + 1, 'order', last);
    const moved = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = moved;
  }
  return order;
}

/** The orders of the epochs that a batch can lie in: the last two that were asked for. */
export class ShuffledEpochs {
  readonly #count: number;
  readonly #seed: number;
  readonly #purpose: string;
  #orders: ReadonlyMap<number, Uint32Array> = new Map();

  constructor(count: number, seed: number, purpose: string) {
    this.#count = count;
    this.#seed = seed;
    this.#purpose = purpose;
  }

  /** Which thing is at place `index` of the epoch. */
  at(epoch: number, index: number): number {
    const known = this.#orders.get(epoch);
    if (known !== undefined) return known[index] ?? 0;
    const order = shuffledOrder(this.#count, this.#seed, this.#purpose, epoch);
    const last = [...this.#orders].slice(-1);
    this.#orders = new Map([...last, [epoch, order]]);
    return order[index] ?? 0;
  }
}
