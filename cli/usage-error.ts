/** The command was called wrongly: the status is 2, and nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  /** What the user may have meant, or does instead. */
  readonly suggestion: string | undefined;

  constructor(message: string, suggestion?: string) {
    super(message);
    this.suggestion = suggestion;
  }
}

/** A part of the contract that rancc does not have yet. */
export const notYet = (what: string, instead?: string): UsageError =>
  new UsageError(`${what} is not supported yet`, instead);
