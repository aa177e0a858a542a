import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { InternalError } from '../../../compiler/diagnostics.js';

import { siblingWorker } from '../../sibling-module.js';
import type { LayerPlan } from '../layers/layer-plan.js';
import { Halted } from '../layers/layer-source.js';
import { type FromWorker, type ToWorker, unpackFailure } from './messages.js';
import type { Filler, PassRequest } from './pass-filler.js';

interface Waiting {
  readonly resolve: (skipped: number) => void;
  readonly reject: (failure: Error) => void;
}

/** A worker that does not stop by itself in this time, in milliseconds, is ended. */
const longestStop = 5000;

/** Fills passes in a thread of its own. It keeps the process alive only while it is waited for. */
export class WorkerFiller implements Filler {
  readonly #worker: Worker;
  readonly #halt = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  readonly #waiting = new Map<number, Waiting>();
  #exited: Promise<unknown> | undefined;
  #failure: Error | undefined;
  #last = 0;

  constructor(layers: readonly LayerPlan[]) {
    this.#worker = new Worker(siblingWorker(import.meta.url, 'worker'), {
      workerData: { layers, halt: this.#halt },
      // Those of this process may name modules by paths from where it was started.
      execArgv: [],
    });
    this.#worker.unref();
    this.#worker.on('message', (message: FromWorker) => {
      this.#receive(message);
    });
    this.#worker.on('error', (thrown) => {
      const text = thrown instanceof Error ? thrown.message : String(thrown);
      this.#fail(new InternalError(`a thread of the data ended: ${text}`));
    });
    this.#worker.on('exit', () => {
      this.#fail(new InternalError('a thread of the data ended'));
    });
  }

  /** How many passes it has before it. */
  get load(): number {
    return this.#waiting.size;
  }

  fill(request: PassRequest): Promise<number> {
    const { promise, waiting } = pending();
    if (this.#failure !== undefined) {
      waiting.reject(this.#failure);
      return promise;
    }
    const id = ++this.#last;
    this.#waiting.set(id, waiting);
    this.#worker.ref();
    this.#send({ kind: 'fill', id, request });
    return promise;
  }

  async close(): Promise<void> {
    this.#exited ??= this.#stop();
    await this.#exited;
  }

  async #stop(): Promise<void> {
    if (this.#failure !== undefined) return;
    Atomics.store(new Int32Array(this.#halt), 0, 1);
    this.#worker.ref();
    const exit = once(this.#worker, 'exit');
    this.#send({ kind: 'close' });
    const timer = setTimeout(() => {
      void this.#worker.terminate();
    }, longestStop);
    await exit;
    clearTimeout(timer);
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (this.#waiting.size === 0 && this.#exited === undefined) {
      this.#worker.unref();
    }
    if (message.kind === 'filled') waiting?.resolve(message.skipped);
    else waiting?.reject(unpackFailure(message.failure));
  }

  #fail(failure: Error): void {
    this.#failure ??= this.#exited === undefined ? failure : new Halted();
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
  }
}

function pending(): { promise: Promise<number>; waiting: Waiting } {
  let waiting: Waiting | undefined;
  const promise = new Promise<number>((resolve, reject) => {
    waiting = { resolve, reject };
  });
  if (waiting === undefined) throw new InternalError('a promise began late');
  return { promise, waiting };
}

/** Several of them: a pass goes to the one that has the fewest before it. */
export class WorkersFiller implements Filler {
  readonly #workers: readonly WorkerFiller[];

  constructor(layers: readonly LayerPlan[], count: number) {
    this.#workers = Array.from(
      { length: count },
      () => new WorkerFiller(layers),
    );
  }

  fill(request: PassRequest): Promise<number> {
    const [first, ...others] = this.#workers;
    if (first === undefined) throw new InternalError('there is no worker');
    const free = others.reduce(
      (best, worker) => (worker.load < best.load ? worker : best),
      first,
    );
    return free.fill(request);
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }
}
