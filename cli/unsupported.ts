import type { Diagnostic } from '../compiler/diagnostics.js';

/** What `check` and `summary` only warn of: they tell of a net as far as it is known. */
const lenient: ReadonlySet<string> = new Set([
  'net/unknown-layer-type',
  'layer/unknown-option',
  'layer/foreign-option',
  'layer/shapes-only',
  'data/shape-unknown',
]);

export const leniently = (
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] =>
  diagnostics.map((found) =>
    lenient.has(found.code) ? { ...found, severity: 'warning' } : found,
  );
