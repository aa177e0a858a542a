import type { Batch, DataPosition, NetData } from '../data/net-data.js';
import type { Tensor } from '../tensor.js';

/** What a pass is fed when the net has no data layers: nothing. */
const empty: Batch = { tensors: new Map(), release: () => undefined };

/** The batches of a net, the next one asked for while the one before is worked on. */
export class BatchFeed {
  readonly #data: NetData | undefined;
  /** Asked for and not taken yet, with the position before it. */
  #ahead: { batch: Promise<Batch>; position: DataPosition } | undefined;

  #pretended: DataPosition | undefined;

  constructor(data: NetData | undefined) {
    this.#data = data;
  }

  /** Lets `work` use the next batch, and asks for the one after it at once. */
  async use<Result>(
    work: (inputs: ReadonlyMap<string, Tensor>) => Promise<Result>,
  ): Promise<Result> {
    const batch = await this.#next();
    try {
      const result = work(batch.tensors);
      this.#lookAhead();
      return await result;
    } finally {
      batch.release();
    }
  }

  /** Where the data go on after what was used. */
  get position(): DataPosition {
    if (this.#pretended !== undefined) return this.#pretended;
    return this.#ahead?.position ?? this.#data?.position() ?? {};
  }

  /** Until it is taken back, `position` is this one: what was used since does not count. */
  pretend(position: DataPosition | undefined): void {
    this.#pretended = position;
  }

  /** How long passes have waited for data, in milliseconds. */
  get waited(): number {
    return this.#data?.waited ?? 0;
  }

  get skipped(): number {
    return this.#data?.skipped ?? 0;
  }

  async close(): Promise<void> {
    // What was asked for and nobody wants may fail as it likes.
    await this.#ahead?.batch.then(
      (batch) => {
        batch.release();
      },
      () => undefined,
    );
    await this.#data?.close();
  }

  #next(): Promise<Batch> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    if (ahead !== undefined) return ahead.batch;
    return this.#data?.next() ?? Promise.resolve(empty);
  }

  #lookAhead(): void {
    if (this.#data === undefined) return;
    const position = this.#data.position();
    const batch = this.#data.next();
    // It is awaited when its turn comes.
    batch.catch(() => undefined);
    this.#ahead = { batch, position };
  }
}
