import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { requireNative } from './native/status.js';
import { RuntimeFailure } from './runtime-failure.js';
import { sessionEnvironment, withOneDnn } from './session-environment.js';
import {
  buffersToMove,
  movable,
  type Request,
  type Response,
  unpackFailure,
} from './session-messages.js';
import { siblingWorker } from './sibling-module.js';
import type { Feed, Tensor } from './tensor.js';

export interface Session {
  /** Runs the graph once; the results come in the order of `fetches` (`y:0`). */
  run(
    feeds: readonly Feed[],
    fetches: readonly string[],
  ): Promise<readonly Tensor[]>;
  close(): Promise<void>;
}

export interface LoadOptions {
  /** Of the MetaGraphDef; `serve` where nothing is said. */
  readonly tags?: readonly string[];
  /** Compare feeds with the inputs of this signature alone instead of all. */
  readonly signature?: string;
}

export interface ThreadOptions {
  /**
   * Variables that TensorFlow reads once, when the first session of the process begins
   * (TF_NUM_INTRAOP_THREADS, TF_ENABLE_ONEDNN_OPTS): later ones change nothing.
   */
  readonly environment?: Readonly<Record<string, string>>;
  /** Leaves oneDNN to TensorFlow's own choice: no graph has grouped convolutions. */
  readonly withoutGroups?: boolean;
}

/**
 * A thread with TensorFlow in it. Starting one takes most of a second, loading a small graph
 * a hundredth of it: who runs many graphs loads them all into one thread.
 */
export interface SessionThread {
  /** Loads a SavedModel; its variables are its own, and live until the session's `close`. */
  load(savedModelFolder: string, options?: LoadOptions): Promise<Session>;
  /** Answers what was asked before, then ends, and all its sessions with it. */
  close(): Promise<void>;
}

/** Fails where the folder holds no model, before TensorFlow is troubled with it. */
export function requireSavedModel(folder: string): void {
  if (!existsSync(join(folder, 'saved_model.pb'))) {
    throw new RuntimeFailure(`${folder} holds no saved_model.pb`);
  }
}

/** In a worker's own environment TensorFlow would not see them: they are the process's. */
export function setEnvironment({
  environment = {},
  withoutGroups = false,
}: ThreadOptions): void {
  Object.assign(process.env, environment);
  const defaults = {
    ...sessionEnvironment,
    ...(withoutGroups ? {} : withOneDnn),
  };
  for (const [name, value] of Object.entries(defaults)) {
    process.env[name] ??= value;
  }
}

/** Resolves when TensorFlow is loaded; rejects with the reason it could not be. */
function untilReady(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    // Each listener is taken off by name: removeAllListeners() takes off Node's own, too.
    const settle = (act: () => void): void => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
      act();
    };
    const onMessage = (response: Response): void => {
      settle(() => {
        if (response.kind === 'broken') reject(unpackFailure(response.failure));
        else resolve();
      });
    };
    const onError = (thrown: Error): void => {
      settle(() => {
        reject(thrown);
      });
    };
    const onExit = (status: number): void => {
      settle(() => {
        reject(
          new RuntimeFailure(
            `the session's thread ended with status ${status} while loading`,
          ),
        );
      });
    };
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
  });
}

interface Waiting {
  readonly resolve: (tensors: readonly Tensor[]) => void;
  readonly reject: (reason: Error) => void;
}

const closed = (): RuntimeFailure =>
  new RuntimeFailure('the session is closed');

/** The main thread's end of a worker that is ready. */
class WorkerThread implements SessionThread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private readonly ended: Promise<void>;
  private nextId = 0;
  private closing = false;
  private end: Error | undefined;

  constructor(worker: Worker) {
    this.worker = worker;
    this.ended = new Promise((resolve) => {
      worker.once('exit', (status) => {
        this.end ??= this.closing
          ? closed()
          : new RuntimeFailure(
              `the session's thread ended with status ${status}`,
            );
        for (const { reject } of this.waiting.values()) reject(this.end);
        this.waiting.clear();
        resolve();
      });
    });
    worker.on('error', (thrown) => {
      this.end ??= new RuntimeFailure(
        `the session's thread failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
        undefined,
        { cause: thrown },
      );
    });
    worker.on('message', (response: Response) => {
      this.receive(response);
    });
    worker.unref();
  }

  private receive(response: Response): void {
    if (response.kind !== 'result' && response.kind !== 'failed') return;
    const request = this.waiting.get(response.id);
    this.waiting.delete(response.id);
    // An idle thread that nobody closed does not keep the process alive.
    if (this.waiting.size === 0 && !this.closing) this.worker.unref();
    if (response.kind === 'result') request?.resolve(response.tensors);
    else request?.reject(unpackFailure(response.failure));
  }

  private ask(
    make: (id: number) => Request,
    buffers: ArrayBuffer[] = [],
  ): { readonly id: number; readonly answer: Promise<readonly Tensor[]> } {
    const id = this.nextId++;
    const answer = new Promise<readonly Tensor[]>((resolve, reject) => {
      if (this.end !== undefined || this.closing) {
        reject(this.end ?? closed());
        return;
      }
      this.worker.ref();
      this.worker.postMessage(make(id), buffers);
      this.waiting.set(id, { resolve, reject });
    });
    return { id, answer };
  }

  async load(
    savedModelFolder: string,
    { tags, signature }: LoadOptions = {},
  ): Promise<Session> {
    requireSavedModel(savedModelFolder);
    const place = { folder: realpathSync(savedModelFolder), tags, signature };
    const loading = this.ask((id) => ({ kind: 'load', id, place }));
    await loading.answer;
    return this.sessionOf(loading.id);
  }

  private sessionOf(graph: number): Session {
    let closing: Promise<unknown> | undefined;
    return {
      run: async (feeds, fetches) => {
        if (closing !== undefined) throw closed();
        const moved = feeds.map(movable);
        const asked = this.ask(
          (id) => ({ kind: 'run', id, graph, feeds: moved, fetches }),
          buffersToMove(moved.map((feed) => feed.tensor)),
        );
        return asked.answer;
      },
      close: async () => {
        if (this.closing || this.end !== undefined) return;
        closing ??= this.ask((id) => ({ kind: 'unload', id, graph })).answer;
        await closing;
      },
    };
  }

  async close(): Promise<void> {
    if (!this.closing && this.end === undefined) {
      this.worker.ref();
      this.worker.postMessage({ kind: 'close' } satisfies Request);
    }
    this.closing = true;
    await this.ended;
  }
}

/** Starts a thread and loads TensorFlow in it. */
export async function startSessionThread(
  options: ThreadOptions = {},
): Promise<SessionThread> {
  requireNative();
  setEnvironment(options);
  // Node finds out at first use whether this is a terminal; not while the thread holds it.
  Reflect.get(process, 'stderr');
  const worker = new Worker(siblingWorker(import.meta.url, 'session-worker'), {
    execArgv: [],
    name: 'rancc session',
  });
  await untilReady(worker);
  return new WorkerThread(worker);
}
