/**
 * The mean loss of the last iterations as Caffe takes it, in float32 and step by step
 * (solver.cpp, UpdateSmoothedLoss).
 */
export class SmoothedLoss {
  readonly #window: number;
  /** The oldest first, once the window is full from `#oldest` on. */
  readonly #losses: number[];
  #oldest = 0;
  #mean: number;

  /** Goes on from a snapshot where one is given. */
  constructor(window: number, losses: readonly number[] = [], mean = 0) {
    this.#window = window;
    // A shorter window than the snapshot's begins anew.
    const fits = losses.length <= window;
    this.#losses = fits ? [...losses] : [];
    this.#mean = fits ? mean : 0;
  }

  add(loss: number): number {
    const float = Math.fround;
    if (this.#losses.length < this.#window) {
      this.#losses.push(loss);
      const size = this.#losses.length;
      const sum = float(float(this.#mean * (size - 1)) + loss);
      this.#mean = float(sum / size);
    } else {
      const gone = this.#losses[this.#oldest] ?? 0;
      const change = float(float(loss - gone) / this.#window);
      this.#mean = float(this.#mean + change);
      this.#losses[this.#oldest] = loss;
      this.#oldest = (this.#oldest + 1) % this.#window;
    }
    return this.#mean;
  }

  get mean(): number {
    return this.#mean;
  }

  /** Of the window, the oldest first. */
  get losses(): readonly number[] {
    return [
      ...this.#losses.slice(this.#oldest),
      ...this.#losses.slice(0, this.#oldest),
    ];
  }
}
