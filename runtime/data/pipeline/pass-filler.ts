import type { LayerPlan } from '../layers/layer-plan.js';
import type { Halt, LayerSource } from '../layers/layer-source.js';
import { openSource } from '../layers/open-source.js';
import { BatchLayout } from './batch-layout.js';

/** A pass to fill. */
export interface PassRequest {
  /** Which batch of each layer, in their order. */
  readonly batches: readonly number[];
  readonly memory: SharedArrayBuffer;
}

/** Fills the data of whole passes, one after the other; gives how many records were bad. */
export interface Filler {
  fill(request: PassRequest): Promise<number>;
  close(): Promise<void>;
}

/** Fills passes in the thread it is called in. */
export class PassFiller implements Filler {
  readonly #layout: BatchLayout;
  readonly #sources: readonly LayerSource[];

  #last: Promise<unknown> = Promise.resolve();

  constructor(layers: readonly LayerPlan[], halt: Halt = { isRaised: false }) {
    this.#layout = new BatchLayout(layers);

    this.#sources = layers.map((layer) => openSource(layer, halt));
  }

  fill(request: PassRequest): Promise<number> {
    const filled = this.#last.then(() => this.#fill(request));
    this.#last = filled.catch(() => undefined);
    return filled;
  }

  async #fill({ batches, memory }: PassRequest): Promise<number> {
    let skipped = 0;
    for (const [index, source] of this.#sources.entries()) {
      const tops = this.#layout.topsOf(index, memory);
      skipped += await source.fill(batches[index] ?? 0, tops);
    }
    return skipped;
  }

  async close(): Promise<void> {
    await this.#last;
    for (const source of this.#sources) await source.close();
  }
}
