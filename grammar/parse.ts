import type { DocumentNode } from './ast.js';
import type { DocumentCstNode } from './cst.js';
import { buildAst, textFormatParser } from './cst-to-ast.js';
import type { Diagnostic, Severity } from './diagnostic.js';
import { tokenize } from './lexer.js';
import { positionAt, type Source, type Span } from './source.js';
import { type Place, type SyntaxFault, syntaxFault } from './syntax-errors.js';
import { nameOfCharacter } from './token-names.js';
import { ByteOrderMark } from './tokens.js';

export interface ParseOptions {
  /** Refuse what protobuf refuses though it does no harm: a byte order mark. */
  readonly strict?: boolean;
}

export interface Parsed {
  /** All that could be read, also when there are errors. */
  readonly document: DocumentNode;
  /** In the order of the text. */
  readonly diagnostics: Diagnostic[];
}

/** Reads a text in protobuf's text format. Never throws; mistakes are diagnostics. */
export function parse(source: Source, options: ParseOptions = {}): Parsed {
  const { tokens, invalid } = tokenize(source.text);
  const faults: SyntaxFault[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const token of invalid) {
    const start = token.startOffset;
    const place = { start, end: start + token.image.length };
    if (token.tokenType === ByteOrderMark && start === 0) {
      const severity = options.strict === true ? 'error' : 'warning';
      diagnostics.push(diagnosticOf(source, byteOrderMarkAt(place), severity));
    } else {
      const found = charactersOf(token.image);
      const rule = 'may stand only in strings and comments';
      faults.push(
        syntaxFault('text/invalid-character', { found, rule }, place),
      );
    }
  }
  const parser = textFormatParser;
  parser.load(source.text, tokens);
  const cst = parser.document() as DocumentCstNode;
  for (const fault of parser.takeFaults()) faults.push(fault);
  const document = buildAst(source, cst, (fault) => faults.push(fault));
  // Chevrotain keeps the whole text alive by its tokens.
  parser.load('', []);
  for (const fault of withoutFollowers(source, faults))
    diagnostics.push(diagnosticOf(source, fault, 'error'));
  diagnostics.sort((a, b) => startOf(a) - startOf(b));
  return { document, diagnostics };
}

/**
 * A quote that is missing turns the strings of its line inside out; whatever else is
 * unexpected there follows from it.
 */
function withoutFollowers(
  source: Source,
  faults: readonly SyntaxFault[],
): readonly SyntaxFault[] {
  const lineOf = ({ start }: SyntaxFault) => positionAt(source, start).line;
  const isBroken = ({ code }: SyntaxFault) =>
    code === 'text/unterminated-string';
  const broken = new Set(faults.filter(isBroken).map(lineOf));
  if (broken.size === 0) return faults;
  return faults.filter(
    (fault) =>
      !fault.code.startsWith('text/expected') || !broken.has(lineOf(fault)),
  );
}

const startOf = (diagnostic: Diagnostic): number => diagnostic.span?.start ?? 0;

const byteOrderMarkAt = (place: Place): SyntaxFault =>
  syntaxFault(
    'text/invalid-character',
    {
      found: 'the text begins with a byte order mark (U+FEFF),',
      rule: 'which Caffe does not skip',
    },
    place,
  );

function charactersOf(image: string): string {
  const all = Array.from(image.slice(0, 8));
  const named = all
    .slice(0, 3)
    .map((character) =>
      /[\p{L}\p{P}\p{S}]/u.test(character)
        ? `'${character}' (${nameOfCharacter(character)})`
        : nameOfCharacter(character),
    );
  return named.join(', ') + (all.length > 3 ? ', …' : '');
}

function diagnosticOf(
  source: Source,
  fault: SyntaxFault,
  severity: Severity,
): Diagnostic {
  const { code, message, start, end } = fault;
  const notes = fault.notes.map((note) => ({
    message: note.message,
    ...(note.place === undefined
      ? {}
      : { span: { source, ...note.place } satisfies Span }),
  }));
  return { code, severity, message, span: { source, start, end }, notes };
}
