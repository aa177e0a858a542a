import type { packFailure } from '../session-messages.js';
import type { TracedCall, TracedRun } from './traced-graph.js';

/** What the thread is asked. A graph is known by the `id` of the request that loaded it. */
export type TraceRequest =
  | { readonly kind: 'load'; readonly id: number; readonly folder: string }
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly graph: number;
      readonly call: TracedCall;
    }
  | { readonly kind: 'close' };

export type TraceResponse =
  | {
      readonly kind: 'result';
      readonly id: number;
      /** undefined where a graph was loaded. */
      readonly run: TracedRun | undefined;
    }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly failure: ReturnType<typeof packFailure>;
    };
