import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from 'node:worker_threads';

import { siblingWorker } from '../sibling-module.js';
import type {
  Hdf5Answers,
  Hdf5Node,
  Hdf5Numbers,
  Hdf5Request,
  Hdf5Response,
  Hdf5Written,
} from './messages.js';

/** The library refused a file, or failed over it. */
export class Hdf5Failure extends Error {
  override readonly name = 'Hdf5Failure';
}

/** Loading takes half a second; on a busy machine more. */
const longestStart = 120_000;

/** No file that is sound takes the library as long; what does is damaged and makes it loop. */
export const patience = { milliseconds: 60_000 };

/**
 * The library in its thread, called as if it were here: the caller sleeps until the answer
 * comes or patience ends, so that readers of HDF5 are as any other reader of files.
 */
class Hdf5Thread {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #flag: Int32Array;
  #received = 0;
  isAlive = true;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    const signal = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    this.#flag = new Int32Array(signal);
    this.#port = port1;
    this.#worker = new Worker(siblingWorker(import.meta.url, 'worker'), {
      workerData: { port: port2, signal },
      transferList: [port2],
      // Nothing of the thread's reaches the terminal; a failure says what is wrong.
      stdout: true,
      stderr: true,
    });
    // An idle library keeps no process alive.
    this.#worker.unref();
    this.#port.unref();
    this.#worker.on('error', () => {
      this.isAlive = false;
    });
    const response = this.#receive(longestStart);
    if (response.kind !== 'failed') return;
    this.end();
    throw new Hdf5Failure(`the HDF5 library did not load: ${response.problem}`);
  }

  call<K extends Hdf5Request['kind']>(
    request: Extract<Hdf5Request, { kind: K }>,
  ): Hdf5Answers[K] {
    if (!this.isAlive)
      throw new Hdf5Failure('the HDF5 library failed over a file before');
    this.#port.postMessage(request);
    const response = this.#receive(patience.milliseconds);
    if (response.kind === 'done') return response.answer as Hdf5Answers[K];
    const { problem, isFatal } =
      response.kind === 'failed'
        ? response
        : { problem: 'it answered out of turn', isFatal: true };
    if (isFatal) this.end();
    throw new Hdf5Failure(problem);
  }

  end(): void {
    this.isAlive = false;
    void this.#worker.terminate();
  }

  #receive(milliseconds: number): Hdf5Response {
    const until = performance.now() + milliseconds;
    for (;;) {
      const left = until - performance.now();
      if (left <= 0) break;
      Atomics.wait(this.#flag, 0, this.#received, left);
      const received = receiveMessageOnPort(this.#port) as
        { readonly message: Hdf5Response } | undefined;
      if (received !== undefined) {
        this.#received++;
        return received.message;
      }
    }
    this.end();
    throw new Hdf5Failure(
      `the HDF5 library gave no answer in ${milliseconds / 1000} s`,
    );
  }
}

let thread: Hdf5Thread | undefined;

/** Started when the first file is opened, and again after a failure. */
function liveThread(): Hdf5Thread {
  if (thread?.isAlive !== true) thread = new Hdf5Thread();
  return thread;
}

export interface Hdf5Reader {
  /** All groups and datasets, a group before what is in it, members in order of name. */
  readonly nodes: readonly Hdf5Node[];
  /** Hdf5Failure where the values cannot be had. */
  read(path: string): Hdf5Numbers;
  /** The same of a dataset that is one text. */
  readText(path: string): string;
  readonly close: () => void;
}

/** Opens an HDF5 file; Hdf5Failure where it is none or damaged. */
export function openHdf5(path: string): Hdf5Reader {
  const own = liveThread();
  const file = own.call<'open'>({ kind: 'open', path });
  const close = (): void => {
    if (own.isAlive) own.call<'close'>({ kind: 'close', file });
  };
  try {
    const nodes = own.call<'nodes'>({ kind: 'nodes', file });
    return {
      nodes,
      read: (inside) => own.call<'read'>({ kind: 'read', file, path: inside }),
      readText: (inside) =>
        own.call<'read-text'>({ kind: 'read-text', file, path: inside }),
      close,
    };
  } catch (thrown) {
    closeQuietly(close);
    throw thrown;
  }
}

export interface Hdf5Writer {
  makeGroup(path: string): void;
  makeDataset(path: string, shape: readonly number[], data: Hdf5Written): void;
  readonly close: () => void;
}

/** Makes an HDF5 file, in place of one that stands there. */
export function createHdf5(path: string): Hdf5Writer {
  const own = liveThread();
  const file = own.call<'create'>({ kind: 'create', path });
  return {
    makeGroup: (inside) => {
      own.call<'make-group'>({ kind: 'make-group', file, path: inside });
    },
    makeDataset: (inside, shape, data) => {
      own.call<'make-dataset'>({
        kind: 'make-dataset',
        file,
        path: inside,
        shape,
        data,
      });
    },
    close: () => {
      own.call<'close'>({ kind: 'close', file });
    },
  };
}

/** After a failure that is told; what else is wrong with the file does not matter then. */
function closeQuietly(close: () => void): void {
  try {
    close();
  } catch {
    // The first failure says it.
  }
}
