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

/** The numbers of an iteration are no numbers any more. */
export class NotFinite extends TrainingFailure {
  readonly iteration: number;

  constructor(iteration: number, message: string) {
    super(message, [
      'a smaller base_lr, clip_gradients, or weights to start from may help',
    ]);
    this.iteration = iteration;
  }
}
