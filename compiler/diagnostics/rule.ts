import type { Severity } from '../../grammar/diagnostic.js';

/** How grave a diagnostic is, and its words from the facts of the case. */
export interface Rule<Facts> {
  readonly severity: Severity;
  readonly message: (facts: Facts) => string;
}

export const error = <Facts>(
  message: (facts: Facts) => string,
): Rule<Facts> => ({ severity: 'error', message });

export const warning = <Facts>(
  message: (facts: Facts) => string,
): Rule<Facts> => ({ severity: 'warning', message });

export const shapeText = (shape: readonly (number | string)[]): string =>
  shape.length === 0 ? 'scalar' : shape.join('x');
