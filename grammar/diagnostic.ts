import type { Span } from './source.js';

export type Severity = 'error' | 'warning';

/** A second place or a piece of advice that belongs to a diagnostic. */
export interface Note {
  readonly message: string;
  readonly span?: Span | undefined;
}

/**
 * Something the user can mend. Diagnostics are values: stages collect and return
 * them, nothing throws them.
 */
export interface Diagnostic {
  /** Stable, readable, by stage: `text/unknown-field`, `net/unknown-bottom`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span?: Span | undefined;
  readonly notes: readonly Note[];
}
