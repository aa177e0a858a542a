/** The thread in which a session lives: a step of TensorFlow blocks it, and nothing else. */
import { parentPort, workerData } from 'node:worker_threads';

import {
  buffersToMove,
  packFailure,
  type Request,
  type Response,
  type SessionStart,
} from './session-messages.js';
import type { Tensor } from './tensor.js';
import { type LoadedModel, loadTensorFlow } from './tensorflow.js';

function send(response: Response, tensors: readonly Tensor[] = []): void {
  parentPort?.postMessage(response, buffersToMove(tensors));
}

function open(start: SessionStart): LoadedModel {
  const tensorflow = loadTensorFlow();
  return tensorflow.load(start.folder, {
    ...(start.tags === undefined ? {} : { tags: start.tags }),
    ...(start.signature === undefined ? {} : { signature: start.signature }),
  });
}

function serve(model: LoadedModel): void {
  parentPort?.on('message', (request: Request) => {
    if (request.kind === 'close') {
      model.close();
      parentPort?.close();
      return;
    }
    const { id } = request;
    try {
      const tensors = model.run(request.feeds, request.fetches);
      send({ kind: 'result', id, tensors }, tensors);
    } catch (thrown) {
      send({ kind: 'failed', id, failure: packFailure(thrown) });
    }
  });
  send({ kind: 'ready' });
}

try {
  serve(open(workerData as SessionStart));
} catch (thrown) {
  send({ kind: 'broken', failure: packFailure(thrown) });
  parentPort?.close();
}
