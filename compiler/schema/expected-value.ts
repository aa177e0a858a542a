import { type Diagnostic, diagnostic } from '../diagnostics.js';
import { expectationOf, foundText } from './read-scalar.js';
import type { FieldEntry } from './schema-table.js';

/**
 * Where the parser misses a value it cannot say of which kind. Puts what the field takes in
 * the place of each such mistake; `missing` has the fields by where their values should be.
 */
export const nameExpectedValues = (
  mistakes: readonly Diagnostic[],
  missing: ReadonlyMap<number, FieldEntry>,
): readonly Diagnostic[] =>
  mistakes.map((found) => {
    const { code, span, notes } = found;
    if (code !== 'text/expected-value' || span === undefined) return found;
    const entry = missing.get(span.start);
    if (entry === undefined) return found;
    const expected = expectationOf(entry);
    const text = foundText(span);
    const place = {
      span,
      notes:
        span.source.text[span.start] === ']'
          ? [...notes, { message: 'no comma follows the last value of a list' }]
          : notes,
    };
    return expected === 'text/expected-token'
      ? diagnostic(expected, { token: '{', found: text }, place)
      : diagnostic(expected, { field: entry.name, found: text }, place);
  });
