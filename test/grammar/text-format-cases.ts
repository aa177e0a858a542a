import { readFileSync } from 'node:fs';

import type { DocumentNode } from '../../grammar/ast.js';
import { parse, type ParseOptions } from '../../grammar/parse.js';
import { positionAt, type Source } from '../../grammar/source.js';
import { decodeText } from '../../grammar/text-encoding.js';

const folder = new URL('../reference/textformat/', import.meta.url);

export interface AcceptedCase {
  readonly name: string;
}

export interface RefusedCase {
  readonly name: string;
  readonly essence: string;
  readonly at: { readonly line: number; readonly column: number } | null;
}

/** The texts that protoc accepts. */
export const acceptedCases = readJson('accept/cases.json') as AcceptedCase[];

/** The texts that protoc refuses. */
export const refusedCases = readJson('reject/cases.json') as RefusedCase[];

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
}

export const acceptedText = ({ name }: AcceptedCase): Source =>
  sourceOf(`accept/${name}.prototxt`);

/** What `protoc --decode` prints for an accepted text. */
export const printedText = ({ name }: AcceptedCase): Source =>
  sourceOf(`accept/${name}.printed.prototxt`);

export const refusedText = ({ name }: RefusedCase): Source =>
  sourceOf(`reject/${name}.prototxt`);

const sourceOf = (path: string): Source => ({
  name: path,
  text: decodeText(readFileSync(new URL(path, folder))),
});

/** What a text says, without where and with what punctuation. */
export function contentOf(document: DocumentNode): unknown {
  const text = JSON.stringify(document, (key, value: unknown) =>
    key === 'span' || key === 'colon' ? undefined : value,
  );
  return JSON.parse(text);
}

/** The tree of a text without mistakes. */
export function parsed(text: string): DocumentNode {
  const { document, diagnostics } = parse({ name: 'test', text });
  if (diagnostics.length > 0) throw new Error(diagnostics[0]?.message);
  return document;
}

/** The mistakes of a text: `line:column code`. */
export function mistakes(text: string, options?: ParseOptions): string[] {
  const source = { name: 'test', text };
  return parse(source, options).diagnostics.map(({ code, span }) => {
    const { line, column } = positionAt(source, span?.start ?? 0);
    return `${line}:${column} ${code}`;
  });
}

/** The first mistake in words, with what its span covers. */
export function firstMistake(text: string): { message: string; at: string } {
  const first = parse({ name: 'test', text }).diagnostics[0];
  return {
    message: first?.message ?? '',
    at: text.slice(first?.span?.start, first?.span?.end),
  };
}
