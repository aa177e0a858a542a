import type { Diagnostic, Note, Severity } from '../grammar/diagnostic.js';
import type { Span } from '../grammar/source.js';

export type { Diagnostic, Note, Severity } from '../grammar/diagnostic.js';

interface Rule<Facts> {
  readonly severity: Severity;
  readonly message: (facts: Facts) => string;
}

const error = <Facts>(message: (facts: Facts) => string): Rule<Facts> => ({
  severity: 'error',
  message,
});
const warning = <Facts>(message: (facts: Facts) => string): Rule<Facts> => ({
  severity: 'warning',
  message,
});

const shapeText = (shape: readonly (number | string)[]): string =>
  shape.length === 0 ? 'scalar' : shape.join('x');

/**
 * Every diagnostic beyond the syntax of text (see grammar/syntax-errors.ts), by stage. A new
 * code is one entry here; the parameters of its message are typed.
 */
export const rules = {
  'net/unknown-bottom': error<{ layer: string; bottom: string }>(
    (f) => `layer '${f.layer}' reads '${f.bottom}', which no layer above makes`,
  ),
  'weights/shape-mismatch': error<{
    layer: string;
    blob: number;
    file: readonly number[];
    net: readonly (number | string)[];
  }>(
    (f) =>
      `blob ${f.blob} of layer '${f.layer}' is ${shapeText(f.file)} in the file and ${shapeText(f.net)} in the net`,
  ),
  'weights/missing-layer': warning<{ layer: string }>(
    (f) =>
      `the weight file has no layer '${f.layer}'; its parameters keep their fillers' values`,
  ),
} satisfies Record<string, Rule<never>>;

export type Code = keyof typeof rules;
export type FactsOf<C extends Code> = Parameters<(typeof rules)[C]['message']>[0];

export interface Place {
  readonly span?: Span | undefined;
  readonly notes?: readonly Note[];
}

/** Makes the diagnostic `code` of the table with its message filled in. */
export function diagnostic<C extends Code>(
  code: C,
  facts: FactsOf<C>,
  place: Place = {},
): Diagnostic {
  const rule = rules[code] as unknown as Rule<FactsOf<C>>;
  return {
    code,
    severity: rule.severity,
    message: rule.message(facts),
    span: place.span,
    notes: place.notes ?? [],
  };
}

export const isError = (found: Diagnostic): boolean =>
  found.severity === 'error';

/** A fault in rancc itself, never in its input. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}

/** Says that `condition` cannot be false unless rancc has a fault. */
export function invariant(
  condition: unknown,
  message: string,
): asserts condition {
  if (!condition) throw new InternalError(message);
}
