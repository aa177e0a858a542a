import type { Origin } from '../../compiler/ir/graph.js';

import { EnvironmentFailure, systemErrorCode } from '../native/failure.js';
import { RuntimeFailure } from '../runtime-failure.js';

/** Why a training cannot go on. The last snapshot is as it was. */
export class TrainingFailure extends Error {
  override readonly name: string = 'TrainingFailure';

  readonly advice: readonly string[];
  /** The layer that is to blame, where it is known. */
  readonly origin: Origin | undefined;

  constructor(
    message: string,
    advice: readonly string[],
    options: ErrorOptions & { readonly origin?: Origin | undefined } = {},
  ) {
    super(message, options);
    this.advice = advice;
    this.origin = options.origin;
  }
}

const cures: Readonly<Record<string, string>> = {
  ENOSPC:
    'free some space on that disk; --snapshot auto goes on from the last snapshot',
  EDQUOT:
    'your disk quota is used up: free some space; --snapshot auto goes on',
  EROFS: 'set snapshot_prefix to a folder that may be written',
  EACCES: 'set snapshot_prefix to a folder that may be written',
  EPERM: 'set snapshot_prefix to a folder that may be written',
  EFBIG:
    'files may not be so large there: raise the limit (ulimit -f), or set snapshot_prefix to a folder on another disk',
  ENOENT:
    'see that the folder of snapshot_prefix is there; --snapshot auto goes on',
};

const isMemory = (message: string): boolean =>
  /\bOOM\b|out of memory|resource.?exhausted|failed to allocate|bad_alloc/i.test(
    message,
  );

/** TensorFlow's words without what they advise its own callers. */
const withoutHint = (message: string): string =>
  message.replace(/\s*Hint: If you want to see a list[^]*$/, '');

/** Says at which iteration a failure came; what a user can mend gets its cure. */
export async function withIteration<Result>(
  iteration: number,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    throw atIteration(iteration, thrown);
  }
}

/** The same where there is no iteration yet, or none at all: memory may lack there, too. */
export async function withMemoryCure<Result>(
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof RuntimeFailure) || !isMemory(thrown.message))
      throw thrown;
    throw new EnvironmentFailure(
      `there is not enough memory: ${withoutHint(thrown.message)}`,
      'make batch_size smaller, or free memory (`rancc summary --solver` tells what a training step holds)',
      { cause: thrown },
    );
  }
}

function atIteration(iteration: number, thrown: unknown): unknown {
  if (!(thrown instanceof Error) || thrown instanceof TrainingFailure)
    return thrown;
  const message = `iteration ${iteration}: ${thrown.message}`;
  if (thrown instanceof EnvironmentFailure)
    return new EnvironmentFailure(message, thrown.cure, { cause: thrown });
  if (thrown instanceof RuntimeFailure && isMemory(thrown.message))
    return new EnvironmentFailure(
      `iteration ${iteration}: there is not enough memory: ${withoutHint(thrown.message)}`,
      'make batch_size smaller (and iter_size larger by as much, which sums to the same batch), or free memory; --snapshot auto goes on',
      { cause: thrown },
    );
  const cure = cures[systemErrorCode(thrown) ?? ''];
  if (cure !== undefined)
    return new EnvironmentFailure(message, cure, { cause: thrown });
  if (thrown.name === 'DataFailure')
    return new TrainingFailure(
      message,
      ['when the data are right again, --snapshot auto goes on'],
      { cause: thrown },
    );
  return thrown;
}
