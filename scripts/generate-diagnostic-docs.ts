import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { syntaxErrors } from '../grammar/syntax-errors.js';

import { rules } from '../compiler/diagnostics.js';

import { formatMarkdown } from './format-markdown.js';

const root = fileURLToPath(new URL('../', import.meta.url));

export const diagnosticDocsPath = 'docs/diagnostics.md';

/** Takes the place of a fact in a message: whatever a message does with it, its name comes out. */
class Placeholder {
  readonly length = 1;
  private readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  toString(): string {
    return `‹${this.name}›`;
  }

  join(): string {
    return this.toString();
  }
}

const placeholders = new Proxy(
  {},
  { get: (_, name) => new Placeholder(String(name)) },
);

type Message = (facts: unknown) => string;

const messageText = (message: unknown): string =>
  (message as Message)(placeholders);

/** Where a code comes from, by what stands before its slash. */
const stages: Readonly<Record<string, string>> = {
  text: 'Text: protobuf text format, and the fields of a file',
  schema: 'Schema: old forms, and kinds of files',
  net: 'Net: layers, blobs and parameters',
  layer: 'Layer: options of one layer',
  data: 'Data: what feeds a net',
  weights: 'Weights: files of parameters',
  array: 'Arrays: .npy and .npz',
  run: 'Run: what a run is given and asked for',
};

interface Entry {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
}

function entries(): readonly Entry[] {
  const syntax = Object.entries(syntaxErrors).map(([code, message]) => ({
    code,
    severity: 'error',
    message: messageText(message),
  }));
  const others = Object.entries(rules).map(([code, rule]) => ({
    code,
    severity: rule.severity,
    message: messageText(rule.message),
  }));
  return [...syntax, ...others];
}

const cell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('*', '\\*').replaceAll('`', '\\`');

/** docs/diagnostics.md: every code with its severity and message, from the tables of codes. */
export function diagnosticDocs(): Promise<string> {
  const byStage = new Map<string, Entry[]>();
  for (const entry of entries()) {
    const stage = entry.code.slice(0, entry.code.indexOf('/'));
    byStage.set(stage, [...(byStage.get(stage) ?? []), entry]);
  }
  const sections = [...byStage].map(([stage, list]) => {
    const rows = list.map(
      ({ code, severity, message }) =>
        `| \`${code}\` | ${severity} | ${cell(message)} |`,
    );
    return `## ${stages[stage] ?? stage}

| code | severity | message |
| --- | --- | --- |
${rows.join('\n')}
`;
  });
  const text = `<!-- Made by \`npm run generate\` from grammar/syntax-errors.ts and compiler/diagnostics.ts: do not edit. -->

# Diagnostics

A diagnostic is printed as \`file:line:column: severity[code]: message\`, with the lines it is about and notes. A word in ‹ › stands for what was found. A code may have several messages. An error refuses the input (exit status 1). A warning does not; under \`--strict\`, warnings about unknown fields and values become errors. A failure of TensorFlow itself is \`run/failed\`, at the layer whose op failed.

${sections.join('\n')}`;
  return formatMarkdown(join(root, diagnosticDocsPath), text);
}
