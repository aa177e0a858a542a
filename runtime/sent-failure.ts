import { InternalError } from '../compiler/diagnostics.js';

import { EnvironmentFailure } from './native/failure.js';

/**
 * An exception as data, which is all that threads copy. What the machine lacks and faults of
 * rancc go between any two threads; `Own` is what goes between two of a kind beside them.
 */
export type SentFailure<Own = never> =
  | Own
  | {
      readonly kind: 'environment';
      readonly message: string;
      readonly cure: string;
    }
  | { readonly kind: 'internal'; readonly message: string };

export function packCommonFailure(thrown: unknown): SentFailure {
  if (thrown instanceof EnvironmentFailure) {
    const { message, cure } = thrown;
    return { kind: 'environment', message, cure };
  }
  return {
    kind: 'internal',
    message:
      thrown instanceof Error
        ? (thrown.stack ?? thrown.message)
        : String(thrown),
  };
}

export const unpackCommonFailure = (failure: SentFailure): Error =>
  failure.kind === 'environment'
    ? new EnvironmentFailure(failure.message, failure.cure)
    : new InternalError(failure.message);
