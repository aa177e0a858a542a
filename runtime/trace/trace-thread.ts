import { Worker } from 'node:worker_threads';

import { invariant } from '../../compiler/diagnostics.js';

import { requireNative } from '../native/status.js';
import { RuntimeFailure } from '../runtime-failure.js';
import { movable, unpackFailure } from '../session-messages.js';
import type { Session } from '../session-thread.js';
import { siblingWorker } from '../sibling-module.js';
import type { TraceRequest, TraceResponse } from './messages.js';
import type { TracedCall, TracedRun } from './traced-graph.js';

/** A graph in a session whose calls are timed. */
export interface TracedSession extends Session {
  /** A call that tells what it took; calls are answered one after another. */
  time(call: TracedCall): Promise<TracedRun>;
}

interface Waiting {
  readonly resolve: (run: TracedRun | undefined) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * A thread that runs graphs by TensorFlow's C interface, which tells times of kernels. While
 * it computes, signals are answered and progress is shown. Variables of TensorFlow's have to
 * be in the environment before (`setEnvironment`).
 */
export class TraceThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  #nextId = 0;
  #end: Error | undefined;

  constructor() {
    requireNative();
    this.#worker = new Worker(siblingWorker(import.meta.url, 'trace-worker'), {
      execArgv: [],
      name: 'rancc time',
    });
    this.#worker.on('message', (response: TraceResponse) => {
      this.#receive(response);
    });
    this.#worker.on('error', (thrown) => {
      this.#end ??=
        thrown instanceof Error ? thrown : new Error(String(thrown));
    });
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', (status) => {
        this.#end ??= new RuntimeFailure(
          `the thread that times ended with status ${status}`,
        );
        for (const { reject } of this.#waiting.values()) reject(this.#end);
        this.#waiting.clear();
        resolve();
      });
    });
  }

  #receive(response: TraceResponse): void {
    const asked = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    if (response.kind === 'result') asked?.resolve(response.run);
    else asked?.reject(unpackFailure(response.failure));
  }

  #ask(request: TraceRequest & { id: number }): Promise<TracedRun | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) {
        reject(this.#end);
        return;
      }
      this.#waiting.set(request.id, { resolve, reject });
      this.#worker.postMessage(request);
    });
  }

  /** Loads a SavedModel; it lives until the thread is closed. */
  async load(folder: string): Promise<TracedSession> {
    const graph = this.#nextId++;
    await this.#ask({ kind: 'load', id: graph, folder });
    const time = async (call: TracedCall): Promise<TracedRun> => {
      const id = this.#nextId++;
      const run = await this.#ask({ kind: 'run', id, graph, call });
      invariant(run !== undefined, 'a call was answered with nothing');
      return run;
    };
    return {
      time,
      run: async (feeds, fetches) => {
        const { tensors } = await time({
          feeds: feeds.map(movable),
          fetches,
          read: fetches,
          traced: false,
        });
        return tensors;
      },
      close: () => Promise.resolve(),
    };
  }

  async close(): Promise<void> {
    this.#worker.postMessage({ kind: 'close' } satisfies TraceRequest);
    await this.#ended;
  }
}
