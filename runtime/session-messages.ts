import { RuntimeFailure } from './runtime-failure.js';
import {
  packCommonFailure,
  type SentFailure,
  unpackCommonFailure,
} from './sent-failure.js';
import type { Feed, Tensor } from './tensor.js';

/** A SavedModel and what of it to load. */
export interface GraphPlace {
  readonly folder: string;
  readonly tags: readonly string[] | undefined;
  readonly signature: string | undefined;
}

/** What the thread is asked. A graph is known by the `id` of the request that loaded it. */
export type Request =
  | { readonly kind: 'load'; readonly id: number; readonly place: GraphPlace }
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly graph: number;
      readonly feeds: readonly Feed[];
      readonly fetches: readonly string[];
    }
  | { readonly kind: 'unload'; readonly id: number; readonly graph: number }
  | { readonly kind: 'close' };

export type Response =
  | { readonly kind: 'ready' }
  | { readonly kind: 'broken'; readonly failure: Sent }
  | {
      readonly kind: 'result';
      readonly id: number;
      /** Empty for what was loaded or unloaded. */
      readonly tensors: readonly Tensor[];
    }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly failure: Sent;
    };

interface SentRuntimeFailure {
  readonly kind: 'runtime';
  readonly message: string;
  readonly nodeName: string | undefined;
}

type Sent = SentFailure<SentRuntimeFailure>;

export function packFailure(thrown: unknown): Sent {
  if (!(thrown instanceof RuntimeFailure)) return packCommonFailure(thrown);
  const { message, nodeName } = thrown;
  return { kind: 'runtime', message, nodeName };
}

export const unpackFailure = (failure: Sent): Error =>
  failure.kind === 'runtime'
    ? new RuntimeFailure(failure.message, failure.nodeName)
    : unpackCommonFailure(failure);

const bufferOf = (tensor: Tensor): ArrayBufferLike | undefined =>
  ArrayBuffer.isView(tensor.data) ? tensor.data.buffer : undefined;

/** The buffers that move with a message instead of being copied, each once. */
export function buffersToMove(tensors: readonly Tensor[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const tensor of tensors) {
    const buffer = bufferOf(tensor);
    if (buffer instanceof ArrayBuffer) buffers.add(buffer);
  }
  return [...buffers];
}

/**
 * Makes a feed ready to be moved: shared memory and what may be transferred goes as it is,
 * all else as a copy of just its own elements (a view would take its whole buffer along).
 */
export function movable(feed: Feed): Feed {
  const { data } = feed.tensor;
  if (!(data instanceof Float32Array || data instanceof Int32Array)) {
    return feed;
  }
  const shared = !(data.buffer instanceof ArrayBuffer);
  const whole = data.byteLength === data.buffer.byteLength;
  if (shared || (feed.transfer === true && whole)) return feed;
  return { ...feed, tensor: { ...feed.tensor, data: data.slice() } };
}
