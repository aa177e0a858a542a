/**
 * Every mistake that a text shows without its schema, with the words for it. The code
 * names the kind (`text/<essence>`), the message says what was found and what was expected.
 */
export const syntaxErrors = {
  'text/unterminated-string': (f: { quote: string; end: string }) =>
    `this string has no closing ${f.quote} before ${f.end}`,
  'text/invalid-escape': (f: { escape: string; rule: string }) =>
    `'${f.escape}' is not an escape sequence: ${f.rule}`,
  'text/invalid-number': (f: { text: string; reason: string }) =>
    `'${f.text}' is not a number: ${f.reason}`,
  'text/invalid-character': (f: { found: string; rule: string }) =>
    `${f.found} ${f.rule}`,
  'text/expected-identifier': (f: { expected: string; found: string }) =>
    `expected ${f.expected}, found ${f.found}`,
  'text/expected-token': (f: { expected: string; found: string }) =>
    `expected ${f.expected}, found ${f.found}`,
  /**
   * Not an essence by itself: which kind of value is missing only the schema knows. A
   * reader that knows the field replaces this by `expected-string` and the like.
   */
  'text/expected-value': (f: { expected: string; found: string }) =>
    `expected ${f.expected}, found ${f.found}`,
  'text/nesting-limit': (f: { limit: number }) =>
    `messages are nested more than ${f.limit} deep`,
} satisfies Record<`text/${string}`, (facts: never) => string>;

export type SyntaxFaultCode = keyof typeof syntaxErrors;

export type SyntaxFaultFacts<Code extends SyntaxFaultCode> = Parameters<
  (typeof syntaxErrors)[Code]
>[0];

/** Offsets `[start, end)` into the text. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A note by offsets. */
export interface SyntaxNote {
  readonly message: string;
  readonly place?: Place;
}

/** A mistake by offsets: lexer and parser know tokens, not sources. */
export interface SyntaxFault {
  readonly code: SyntaxFaultCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly notes: readonly SyntaxNote[];
}

export function syntaxFault<Code extends SyntaxFaultCode>(
  code: Code,
  facts: SyntaxFaultFacts<Code>,
  place: Place,
  notes: readonly SyntaxNote[] = [],
): SyntaxFault {
  const message = syntaxErrors[code] as (
    facts: SyntaxFaultFacts<Code>,
  ) => string;
  return {
    code,
    message: message(facts),
    start: place.start,
    end: place.end,
    notes,
  };
}
