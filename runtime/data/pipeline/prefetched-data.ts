import type { Shape } from '../../../compiler/ir/types.js';

import type { LayerPlan } from '../layers/layer-plan.js';
import { Halted } from '../layers/layer-source.js';
import type { Batch, DataPosition, NetData } from '../net-data.js';
import { BatchLayout } from './batch-layout.js';
import type { Filler } from './pass-filler.js';

/** A pass that is being filled, or is ready. */
interface Ahead {
  readonly memory: SharedArrayBuffer;
  readonly filled: Promise<number>;
}

export interface Prefetching {
  readonly layers: readonly LayerPlan[];
  readonly filler: Filler;
  readonly position: DataPosition;
  /** How many passes are filled before they are asked for, at most. */
  readonly ahead: number;
}

/** Batches in order, filled ahead into memory that is used again and again. */
export class PrefetchedData implements NetData {
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly #layers: readonly LayerPlan[];
  readonly #layout: BatchLayout;
  readonly #filler: Filler;
  readonly #first: readonly number[];
  readonly #most: number;
  readonly #queue: Ahead[] = [];
  readonly #free: SharedArrayBuffer[] = [];
  #started = 0;
  #given = 0;
  #waited = 0;
  #skipped = 0;
  #failure: Error | undefined;
  #closed: Promise<void> | undefined;

  constructor({ layers, filler, position, ahead }: Prefetching) {
    this.shapes = new Map(
      layers.flatMap(({ tops }) =>
        tops.map(({ name, shape }) => [name, shape]),
      ),
    );
    this.#layers = layers;
    this.#layout = new BatchLayout(layers);
    this.#filler = filler;
    this.#first = layers.map(({ name }) => position[name] ?? 0);
    this.#most = ahead;
  }

  get waited(): number {
    return this.#waited;
  }

  get skipped(): number {
    return this.#skipped;
  }

  position(): DataPosition {
    return Object.fromEntries(
      this.#layers.map(({ name }, index) => [
        name,
        (this.#first[index] ?? 0) + this.#given,
      ]),
    );
  }

  async next(): Promise<Batch> {
    if (this.#closed !== undefined) throw new Halted();
    if (this.#failure !== undefined) throw this.#failure;
    const { memory, filled } = this.#queue.shift() ?? this.#start();
    this.#given++;
    this.#fillUp();
    const from = performance.now();
    try {
      this.#skipped += await filled;
    } catch (thrown) {
      const failure =
        thrown instanceof Error ? thrown : new Error(String(thrown));
      // Batches behind a bad one would be other ones than were asked for.
      this.#failure ??= failure;
      throw failure;
    } finally {
      this.#waited += performance.now() - from;
    }
    return {
      tensors: this.#layout.tensorsIn(memory),
      release: this.#once(memory),
    };
  }

  /** Gives memory back, the first time it is called. */
  #once(memory: SharedArrayBuffer): () => void {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      if (this.#free.length <= this.#most) this.#free.push(memory);
      this.#fillUp();
    };
  }

  #fillUp(): void {
    if (this.#closed !== undefined || this.#failure !== undefined) return;
    while (this.#queue.length < this.#most) this.#queue.push(this.#start());
  }

  #start(): Ahead {
    const memory =
      this.#free.pop() ?? new SharedArrayBuffer(this.#layout.bytes);
    const pass = this.#started++;
    const batches = this.#first.map((first) => first + pass);
    const filled = this.#filler.fill({ batches, memory });
    // It is awaited when its turn comes, if it comes.
    filled.catch(() => undefined);
    return { memory, filled };
  }

  close(): Promise<void> {
    this.#closed ??= this.#filler.close();
    this.#queue.length = 0;
    this.#free.length = 0;
    return this.#closed;
  }
}
