import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { requireNative } from './native/status.js';
import { RuntimeFailure } from './runtime-failure.js';
import { sessionEnvironment } from './session-environment.js';
import {
  buffersToMove,
  movable,
  type Request,
  type Response,
  type SessionStart,
  unpackFailure,
} from './session-messages.js';
import { siblingWorker } from './sibling-module.js';
import type { Feed, Tensor } from './tensor.js';

export { deviceReport } from './native/device-report.js';
export type { Feed, Tensor } from './tensor.js';

export interface Session {
  /** Runs the graph once; the results come in the order of `fetches` (`y:0`). */
  run(
    feeds: readonly Feed[],
    fetches: readonly string[],
  ): Promise<readonly Tensor[]>;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** Of the MetaGraphDef; `serve` where nothing is said. */
  readonly tags?: readonly string[];
  /** Compare feeds with the inputs of this signature alone instead of all. */
  readonly signature?: string;
  /**
   * Variables that TensorFlow reads once, when the first session of the process begins
   * (TF_NUM_INTRAOP_THREADS, TF_ENABLE_ONEDNN_OPTS): later ones change nothing.
   */
  readonly environment?: Readonly<Record<string, string>>;
}

/** In a worker's own environment TensorFlow would not see them: they are the process's. */
function setEnvironment(wanted: Readonly<Record<string, string>>): void {
  Object.assign(process.env, wanted);
  for (const [name, value] of Object.entries(sessionEnvironment)) {
    process.env[name] ??= value;
  }
}

interface Waiting {
  readonly resolve: (tensors: readonly Tensor[]) => void;
  readonly reject: (reason: Error) => void;
}

function startWorker(start: SessionStart): Worker {
  return new Worker(siblingWorker(import.meta.url, 'session-worker'), {
    workerData: start,
    execArgv: [],
    name: 'rancc session',
  });
}

/** Resolves when the graph is loaded; rejects with the reason it could not be. */
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

function sessionOf(worker: Worker): Session {
  const waiting = new Map<number, Waiting>();
  let nextId = 0;
  let closing = false;
  let end: Error | undefined;
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', (status) => {
      end ??= new RuntimeFailure(
        closing
          ? 'the session is closed'
          : `the session's thread ended with status ${status}`,
      );
      for (const { reject } of waiting.values()) reject(end);
      waiting.clear();
      resolve();
    });
  });
  worker.on('error', (thrown) => {
    end ??= new RuntimeFailure(
      `the session's thread failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      undefined,
      { cause: thrown },
    );
  });
  worker.on('message', (response: Response) => {
    if (response.kind !== 'result' && response.kind !== 'failed') return;
    const request = waiting.get(response.id);
    waiting.delete(response.id);
    // An idle session that nobody closed does not keep the process alive.
    if (waiting.size === 0) worker.unref();
    if (response.kind === 'result') request?.resolve(response.tensors);
    else request?.reject(unpackFailure(response.failure));
  });
  worker.unref();

  const post = (request: Request, buffers: ArrayBuffer[] = []): void => {
    worker.ref();
    worker.postMessage(request, buffers);
  };
  return {
    run: (feeds, fetches) =>
      new Promise((resolve, reject) => {
        if (end !== undefined || closing) {
          reject(end ?? new RuntimeFailure('the session is closed'));
          return;
        }
        const id = nextId++;
        const moved = feeds.map(movable);
        post(
          { kind: 'run', id, feeds: moved, fetches },
          buffersToMove(moved.map((feed) => feed.tensor)),
        );
        waiting.set(id, { resolve, reject });
      }),
    close: async () => {
      if (!closing && end === undefined) post({ kind: 'close' });
      closing = true;
      await ended;
    },
  };
}

/**
 * Loads a SavedModel into a session of its own thread. Calls of `run` are answered one
 * after another; the variables live until `close`.
 */
export async function openSession(
  savedModelFolder: string,
  options: SessionOptions = {},
): Promise<Session> {
  requireNative();
  if (!existsSync(join(savedModelFolder, 'saved_model.pb'))) {
    throw new RuntimeFailure(`${savedModelFolder} holds no saved_model.pb`);
  }
  setEnvironment(options.environment ?? {});
  const worker = startWorker({
    folder: realpathSync(savedModelFolder),
    tags: options.tags,
    signature: options.signature,
  });
  await untilReady(worker);

  return sessionOf(worker);
}
