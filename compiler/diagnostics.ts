import type { Diagnostic, Note } from '../grammar/diagnostic.js';
import type { Span } from '../grammar/source.js';

import { arrayRules } from './diagnostics/array-rules.js';
import { dataRules } from './diagnostics/data-rules.js';
import { layerRules } from './diagnostics/layer-rules.js';
import { netRules } from './diagnostics/net-rules.js';
import { precisionRules } from './diagnostics/precision-rules.js';
import type { Rule } from './diagnostics/rule.js';
import { runRules } from './diagnostics/run-rules.js';
import { schemaRules } from './diagnostics/schema-rules.js';
import { solverRules } from './diagnostics/solver-rules.js';
import { textRules } from './diagnostics/text-rules.js';
import { weightsRules } from './diagnostics/weights-rules.js';

export type { Diagnostic, Note, Severity } from '../grammar/diagnostic.js';

/**
 * Every diagnostic beyond the syntax of text (see grammar/syntax-errors.ts), by stage. A new
 * code is one entry in a table of diagnostics/; the parameters of its message are typed.
 */
export const rules = {
  ...textRules,
  ...schemaRules,
  ...solverRules,
  ...netRules,
  ...layerRules,
  ...dataRules,
  ...weightsRules,
  ...arrayRules,
  ...runRules,
  ...precisionRules,
} satisfies Record<string, Rule<never>>;

export type Code = keyof typeof rules;
export type FactsOf<C extends Code> = Parameters<
  (typeof rules)[C]['message']
>[0];

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
