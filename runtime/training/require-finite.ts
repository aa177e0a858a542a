import { finiteNode } from '../../compiler/emit/graph-def.js';
import type { Origin } from '../../compiler/ir/graph.js';

import { RuntimeFailure } from '../runtime-failure.js';
import type { Score } from './training-event.js';
import { TrainingFailure } from './training-failure.js';

/** What an iteration came to. */
interface Result {
  readonly loss: number;
  readonly scores: readonly Score[];
  readonly gradientNorm: number | undefined;
}

/** Ends a training whose numbers are no numbers any more, before a snapshot holds them. */
export function requireFinite(iteration: number, result: Result): void {
  const { loss, scores, gradientNorm } = result;
  if (!Number.isFinite(loss)) {
    const bad = scores.filter(({ value }) => !Number.isFinite(value));
    const names = bad.map(({ name, value }) => `${name} = ${value}`);
    throw new NotFinite(
      iteration,
      `the loss of iteration ${iteration} is ${loss}${names.length === 0 ? '' : ` (${names.join(', ')})`}`,
    );
  }
  if (gradientNorm !== undefined && !Number.isFinite(gradientNorm))
    throw new NotFinite(
      iteration,
      `the L2 norm of the gradients of iteration ${iteration} is ${gradientNorm}`,
    );
}

/**
 * Whether a step came to nothing because its loss was no number: then it has stored nothing,
 * and the session holds the parameters that led to it.
 */
export const isGuardOfStep = (thrown: unknown): boolean =>
  thrown instanceof RuntimeFailure &&
  (thrown.nodeName?.includes(`/${finiteNode}/`) ?? false);

/** What is known of the layer by which numbers went wrong. */
export interface BadLayer {
  readonly origin: Origin;
  /** As in `top 'conv1' has nan`. */
  readonly what: string;
}

/** The failure of an iteration whose step came to nothing. */
export const stepNotFinite = (
  iteration: number,
  bad: BadLayer | undefined,
): NotFinite =>
  new NotFinite(
    iteration,
    `the loss of iteration ${iteration} is no finite number${bad === undefined ? '' : `; the first bad layer is '${bad.origin.layer}': ${bad.what}`}`,
    bad?.origin,
  );

/** The numbers of an iteration are no numbers any more. */
export class NotFinite extends TrainingFailure {
  readonly iteration: number;

  constructor(iteration: number, message: string, origin?: Origin) {
    super(
      message,
      [
        'a smaller base_lr, clip_gradients, or weights to start from may help; the last snapshot is as it was',
      ],
      { origin },
    );
    this.iteration = iteration;
  }
}
