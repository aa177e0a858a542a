import {
  packCommonFailure,
  type SentFailure,
  unpackCommonFailure,
} from '../../sent-failure.js';
import { DataFailure } from '../data-failure.js';
import type { LayerPlan } from '../layers/layer-plan.js';
import { Halted } from '../layers/layer-source.js';
import type { PassRequest } from './pass-filler.js';

/** The first thing that a worker is told. */
export interface WorkerPlan {
  readonly layers: readonly LayerPlan[];
  /** One 32-bit number; anything but 0 stops the worker between two records. */
  readonly halt: SharedArrayBuffer;
}

export type ToWorker =
  | {
      readonly kind: 'fill';
      readonly id: number;
      readonly request: PassRequest;
    }
  | { readonly kind: 'close' };

export type FromWorker =
  | { readonly kind: 'filled'; readonly id: number; readonly skipped: number }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly failure: Sent;
    };

type SentDataFailure =
  | {
      readonly kind: 'data';
      readonly problem: string;
      readonly file: string;
      readonly key: string | undefined;
      readonly record: number | undefined;
      readonly cure: string | undefined;
    }
  | { readonly kind: 'halted' };

type Sent = SentFailure<SentDataFailure>;

export function packFailure(thrown: unknown): Sent {
  if (thrown instanceof Halted) return { kind: 'halted' };
  if (!(thrown instanceof DataFailure)) return packCommonFailure(thrown);
  const { problem, file, key, record, cure } = thrown;
  return { kind: 'data', problem, file, key, record, cure };
}

export function unpackFailure(failure: Sent): Error {
  switch (failure.kind) {
    case 'data': {
      const { problem, file, key, record, cure } = failure;
      return new DataFailure(problem, {
        file,
        ...(key === undefined ? {} : { key }),
        ...(record === undefined ? {} : { record }),
        ...(cure === undefined ? {} : { cure }),
      });
    }
    case 'halted':
      return new Halted();
    default:
      return unpackCommonFailure(failure);
  }
}
