import { InternalError } from '../../../compiler/diagnostics.js';

import { EnvironmentFailure } from '../../native/failure.js';
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
      readonly failure: SentFailure;
    };

/** A failure as data: threads copy plain values only. */
export type SentFailure =
  | {
      readonly kind: 'data';
      readonly problem: string;
      readonly file: string;
      readonly key: string | undefined;
      readonly record: number | undefined;
      readonly cure: string | undefined;
    }
  | {
      readonly kind: 'environment';
      readonly message: string;
      readonly cure: string;
    }
  | { readonly kind: 'halted' }
  | { readonly kind: 'internal'; readonly message: string };

export function packFailure(thrown: unknown): SentFailure {
  if (thrown instanceof DataFailure) {
    const { problem, file, key, record, cure } = thrown;
    return { kind: 'data', problem, file, key, record, cure };
  }
  if (thrown instanceof EnvironmentFailure) {
    const { message, cure } = thrown;
    return { kind: 'environment', message, cure };
  }
  if (thrown instanceof Halted) return { kind: 'halted' };
  const message =
    thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { kind: 'internal', message };
}

export function unpackFailure(failure: SentFailure): Error {
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
    case 'environment':
      return new EnvironmentFailure(failure.message, failure.cure);
    case 'halted':
      return new Halted();
    case 'internal':
      return new InternalError(failure.message);
  }
}
