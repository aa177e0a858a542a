import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { invariant } from '../compiler/diagnostics.js';
import type {
  Count,
  LayerDefinition,
} from '../compiler/layers/define-layer.js';
import { layerTypes } from '../compiler/layers/index.js';

import { formatMarkdown } from './format-markdown.js';
import { layerSupport } from './layer-support.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = 'compiler/layers';

export const layerDocsPath = 'docs/layers.md';

/** What a layer's file says above its definition. */
interface Reference {
  readonly file: string;
  readonly comment: string;
}

/** A doc comment above an exported constant; that of a layer begins with the layer's type. */
const documented =
  /\/\*\*(?<comment>(?:(?!\*\/)[\s\S])*)\*\/\s*export const \w+/g;

/** The text of a doc comment without its margin of stars. */
const withoutStars = (comment: string): string =>
  comment
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .trim();

function references(): ReadonlyMap<string, Reference> {
  const found = new Map<string, Reference>();
  for (const name of readdirSync(join(root, folder)).sort()) {
    if (!name.endsWith('.ts')) continue;
    const file = `${folder}/${name}`;
    const text = readFileSync(join(root, file), 'utf8');
    for (const { groups } of text.matchAll(documented)) {
      const comment = withoutStars(groups?.['comment'] ?? '');
      const [type = ''] = /^\w*/.exec(comment) ?? [];
      if (type in layerTypes) found.set(type, { file, comment });
    }
  }
  return found;
}

function countText({ min, max }: Count): string {
  if (min === max) return String(min);
  return max === Infinity ? `${min} or more` : `${min} to ${max}`;
}

const topsText = (tops: LayerDefinition['tops']): string =>
  tops === 'as-bottoms' ? 'as many as bottoms' : countText(tops);

function section(
  { type, bottoms, tops }: LayerDefinition,
  { file, comment }: Reference,
): string {
  const facts = `Bottoms: ${countText(bottoms)}. Tops: ${topsText(tops)}. Source: \`${file}\`.`;
  return `## ${type}\n\n${comment}\n\n${facts}\n`;
}

/** A row of the table: options, phases, gradient and cases of one layer type. */
function row({ type }: LayerDefinition, { file }: Reference): string {
  const { options, phases, passed, gradients } = layerSupport(root, type, file);
  const cells = [
    `[${type}](#${type.toLowerCase()})`,
    options.map((option) => `\`${option}\``).join(' '),
    phases.join(', '),
    gradients === 0 ? '' : `${gradients}`,
    passed === 0 ? '' : `${passed}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** docs/layers.md: every layer type that can be compiled, from the table and its doc comments. */
export function layerDocs(): Promise<string> {
  const known = references();
  const definitions = Object.values(layerTypes).toSorted((a, b) =>
    a.type.localeCompare(b.type, 'en'),
  );
  const documentedOnes = definitions.map((definition) => {
    const reference = known.get(definition.type);
    invariant(
      reference !== undefined,
      `the layer ${definition.type} has no doc comment that begins with its name`,
    );
    return { definition, reference };
  });
  const sections = documentedOnes.map(({ definition, reference }) =>
    section(definition, reference),
  );
  const rows = documentedOnes.map(({ definition, reference }) =>
    row(definition, reference),
  );
  const text = `<!-- Made by \`npm run generate\` from ${folder}/: do not edit. -->

# Layers

The ${definitions.length} layer types of Caffe that can be compiled. Any other type is refused with the diagnostic \`net/unknown-layer-type\` at its line. Shapes are Caffe's: N, C, H, W. Rules of Caffe have numbers (C1, C2, ...), by which checks and tests name them.

The table lists the fields of each type's own message; what a field cannot be is refused at its line. Phases, gradients and cases: those of the reference Caffe that pass, forward and backward, in both pipelines of passes. Types without cases move data, or are known by their tops alone.

| type | options | phases | gradient cases | cases passed |
| ---- | ------- | ------ | -------------- | ------------ |
${rows.join('\n')}

${sections.join('\n')}`;
  return formatMarkdown(join(root, layerDocsPath), text);
}
