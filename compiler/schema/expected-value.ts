import { tokenize } from '../../grammar/lexer.js';
import type { Source } from '../../grammar/source.js';

import { type Diagnostic,diagnostic } from '../diagnostics.js';
import type { MessageName } from './message.js';
import { fieldNamed, messageTypeOf } from './message-type.js';
import { expectationOf, foundText } from './read-scalar.js';
import type { FieldEntry } from './schema-table.js';

/**
 * Where the parser missed a value it cannot say which kind: puts what the field takes in
 * the place of each `text/expected-value`.
 */
export function nameExpectedValues(
  source: Source,
  type: MessageName,
  mistakes: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (!mistakes.some((found) => found.code === 'text/expected-value')) {
    return mistakes;
  }
  return mistakes.map((found) => {
    const { code, span, notes } = found;
    if (code !== 'text/expected-value' || span === undefined) return found;
    const entry = fieldBefore(source, type, span.start);
    if (entry === undefined) return found;
    const expected = expectationOf(entry);
    const text = foundText(span);
    const place = { span, notes };
    return expected === 'text/expected-token'
      ? diagnostic(expected, { token: '{', found: text }, place)
      : diagnostic(expected, { field: entry.name, found: text }, place);
  });
}

/** The field whose value is due at `offset`; tokens tell it also where nothing can be parsed. */
function fieldBefore(
  source: Source,
  type: MessageName,
  offset: number,
): FieldEntry | undefined {
  const { tokens } = tokenize(source.text);
  const open: (MessageName | undefined)[] = [type];
  let field: FieldEntry | undefined;
  for (const [index, token] of tokens.entries()) {
    if (token.startOffset >= offset) break;
    const within = open.at(-1);
    switch (token.image) {
      case '{':
      case '<':
        open.push(field?.type === 'message' ? messageTypeOf(field) : undefined);
        break;
      case '}':
      case '>':
        open.pop();
        break;
      default:
        if (isName(token.image, tokens[index + 1]?.image)) {
          field = within && fieldNamed(within, token.image);
        }
    }
  }
  return field;
}

const isName = (image: string, next: string | undefined): boolean =>
  /^\w/.test(image) &&
  next !== undefined &&
  [':', '{', '<', '['].includes(next);
