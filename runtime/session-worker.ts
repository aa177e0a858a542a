/** The thread in which sessions live: a step of TensorFlow blocks it, and nothing else. */
import { parentPort } from 'node:worker_threads';

import { InternalError } from '../compiler/diagnostics.js';

import {
  buffersToMove,
  packFailure,
  type Request,
  type Response,
} from './session-messages.js';
import type { Tensor } from './tensor.js';
import {
  type LoadedModel,
  loadTensorFlow,
  type TensorFlow,
} from './tensorflow.js';

function send(response: Response, tensors: readonly Tensor[] = []): void {
  parentPort?.postMessage(response, buffersToMove(tensors));
}

/** The graphs that are loaded, by the request that loaded them. */
const graphs = new Map<number, LoadedModel>();

function graphOf(id: number): LoadedModel {
  const graph = graphs.get(id);
  if (graph === undefined) throw new InternalError(`no graph ${id} is loaded`);
  return graph;
}

function unload(id: number): void {
  graphOf(id).close();
  graphs.delete(id);
}

function answer(
  tensorflow: TensorFlow,
  request: Exclude<Request, { readonly kind: 'close' }>,
): readonly Tensor[] {
  switch (request.kind) {
    case 'load': {
      const { folder, tags, signature } = request.place;
      const graph = tensorflow.load(folder, {
        ...(tags === undefined ? {} : { tags }),
        ...(signature === undefined ? {} : { signature }),
      });
      graphs.set(request.id, graph);
      return [];
    }
    case 'run':
      return graphOf(request.graph).run(request.feeds, request.fetches);
    case 'unload':
      unload(request.graph);
      return [];
  }
}

function serve(tensorflow: TensorFlow): void {
  parentPort?.on('message', (request: Request) => {
    if (request.kind === 'close') {
      for (const id of [...graphs.keys()]) unload(id);
      parentPort?.close();
      return;
    }
    const { id } = request;
    try {
      const tensors = answer(tensorflow, request);
      send({ kind: 'result', id, tensors }, tensors);
    } catch (thrown) {
      send({ kind: 'failed', id, failure: packFailure(thrown) });
    }
  });
  send({ kind: 'ready' });
}

try {
  serve(loadTensorFlow());
} catch (thrown) {
  send({ kind: 'broken', failure: packFailure(thrown) });
  parentPort?.close();
}
