import { positionAt } from '../../grammar/source.js';

import type { Diagnostic } from '../../compiler/diagnostics.js';

import type { JsonValue } from './json-text.js';

/** Diagnostics as `check --json` and every refusal print them. */
export const diagnosticsJson = (
  diagnostics: readonly Diagnostic[],
): readonly JsonValue[] =>
  diagnostics.map(({ severity, code, message, span, notes }) => {
    const at = span && positionAt(span.source, span.start);
    return {
      severity,
      code,
      message,
      file: span?.source.name ?? null,
      line: at?.line ?? null,
      column: at?.column ?? null,
      notes: notes.map((note) => note.message),
    };
  });
