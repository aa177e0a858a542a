import type { NameNode, ValueNode } from '../../grammar/ast.js';

import { type Diagnostic, diagnostic } from '../diagnostics.js';
import type { MessageName } from './message.js';
import { foundText } from './read-scalar.js';

/** A name in brackets: an extension, or the type of an Any. */
export function misplacedExtension(
  type: MessageName,
  name: NameNode,
): Diagnostic {
  const { source, start, end } = name.span;
  const slash = source.text.slice(start, end).indexOf('/');
  if (slash === -1) {
    return diagnostic(
      'text/unknown-extension',
      { message: type, name: name.text },
      { span: name.span },
    );
  }
  // An Any, `[host/type]`, has a place in no message of Caffe.
  const span = { source, start: start + slash, end: start + slash + 1 };
  return diagnostic(
    'text/expected-token',
    { token: ']', found: "'/'" },
    { span },
  );
}

export const duplicateField = (name: NameNode, first: NameNode): Diagnostic =>
  diagnostic(
    'text/duplicate-field',
    { field: name.text },
    {
      span: name.span,
      notes: [
        { message: `'${name.text}' is given here first`, span: first.span },
      ],
    },
  );

export const expectedToken = (token: string, found: ValueNode): Diagnostic =>
  diagnostic(
    'text/expected-token',
    { token, found: foundText(found.span) },
    { span: found.span },
  );
