import { positionAt } from '../../grammar/source.js';

import { type Diagnostic, isError } from '../diagnostics.js';

/**
 * Of diagnostics in the order of their places, those that are mistakes of their own: what
 * only follows from another is taken out, and turned into a note of it where it helps.
 */
export const withoutFollowers = (
  found: readonly Diagnostic[],
): readonly Diagnostic[] => ofUnclosedLayer(ofMissingBrace(ofTemplate(found)));

const textAt = ({ span }: Diagnostic): string =>
  span?.source.text.slice(span.start, span.end) ?? '';

const startOf = ({ span }: Diagnostic): number => span?.start ?? 0;

/** Those that protobuf's own parser refuses, as a strict reader does, stay. */
const isUnknownField = ({ code, severity }: Diagnostic): boolean =>
  code === 'text/unknown-field' && severity === 'warning';

/** A template has many places that are to be filled in: the first stands for all. */
function ofTemplate(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const isPlaceholder = (one: Diagnostic): boolean =>
    isError(one) && one.code.startsWith('text/expected') && textAt(one) === '$';
  const [first, ...others] = found.filter(isPlaceholder);
  if (first === undefined) return found;
  const more = others.length === 0 ? '' : ` (${others.length} more below)`;
  const note = {
    message: `this is a variable of a template, which is not filled in${more}`,
  };
  return found
    .filter((one) => !others.includes(one))
    .map((one) =>
      one === first ? { ...one, notes: [...one.notes, note] } : one,
    );
}

/**
 * Where the opening brace of a message is missing, its fields seem to be of the message
 * around it, and its closing brace one too many.
 */
function ofMissingBrace(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const first = found.find(
    (one) =>
      one.code === 'text/expected-token' &&
      one.message.startsWith("expected ':' or '{'") &&
      /^\w/.test(textAt(one)),
  );
  if (first === undefined) return found;
  const closing = found.find(
    (one) =>
      one.code === 'text/expected-identifier' &&
      textAt(one) === '}' &&
      startOf(one) > startOf(first),
  );
  if (closing === undefined) return found;
  return found.filter(
    (one) =>
      one !== closing &&
      !(
        isUnknownField(one) &&
        startOf(one) >= startOf(first) &&
        startOf(one) < startOf(closing)
      ),
  );
}

/** In a layer that is not closed all that come after it seem to be fields. */
function ofUnclosedLayer(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const end = found.find(
    (one) =>
      one.code === 'text/expected-identifier' &&
      textAt(one) === '' &&
      one.notes.length > 0,
  );
  if (end === undefined) return found;
  const layers = found.filter(
    (one) => isUnknownField(one) && /^layers?$/.test(textAt(one)),
  );
  const [first] = layers;
  if (first?.span === undefined) return found;
  const { line } = positionAt(first.span.source, first.span.start);
  const note = {
    message: `a '}' is missing before the '${textAt(first)}' of line ${line}`,
    span: first.span,
  };
  return found
    .filter((one) => !layers.includes(one))
    .map((one) =>
      one === end ? { ...one, notes: [...one.notes, note] } : one,
    );
}
