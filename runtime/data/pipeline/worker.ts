/** A thread that reads, decodes and transforms the data of passes. */
import { parentPort, workerData } from 'node:worker_threads';

import type { WorkerPlan } from './messages.js';
import { type FromWorker, packFailure, type ToWorker } from './messages.js';
import { PassFiller } from './pass-filler.js';

const { layers, halt } = workerData as WorkerPlan;
const flag = new Int32Array(halt);

const filler = new PassFiller(layers, {
  get isRaised() {
    return Atomics.load(flag, 0) !== 0;
  },
});

const send = (message: FromWorker): void => {
  parentPort?.postMessage(message);
};

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'close') {
    void filler.close().finally(() => parentPort?.close());
    return;
  }
  const { id, request } = message;
  filler.fill(request).then(
    (skipped) => {
      send({ kind: 'filled', id, skipped });
    },
    (thrown: unknown) => {
      send({ kind: 'failed', id, failure: packFailure(thrown) });
    },
  );
});
