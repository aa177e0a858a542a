/** The thread in which passes are timed: a call blocks it, and nothing else. */
import { parentPort } from 'node:worker_threads';

import { InternalError } from '../../compiler/diagnostics.js';

import { packFailure } from '../session-messages.js';
import type { TraceRequest, TraceResponse } from './messages.js';
import { TracedGraph, type TracedRun } from './traced-graph.js';

const graphs = new Map<number, TracedGraph>();

const send = (response: TraceResponse): void => {
  parentPort?.postMessage(response);
};

function answer(
  request: Exclude<TraceRequest, { readonly kind: 'close' }>,
): TracedRun | undefined {
  if (request.kind === 'load') {
    graphs.set(request.id, new TracedGraph(request.folder));
    return undefined;
  }
  const graph = graphs.get(request.graph);
  if (graph === undefined) {
    throw new InternalError(`no graph ${request.graph} is loaded`);
  }
  return graph.run(request.call);
}

parentPort?.on('message', (request: TraceRequest) => {
  if (request.kind === 'close') {
    for (const graph of graphs.values()) graph.close();
    parentPort?.close();
    return;
  }
  const { id } = request;
  try {
    send({ kind: 'result', id, run: answer(request) });
  } catch (thrown) {
    send({ kind: 'failed', id, failure: packFailure(thrown) });
  }
});
