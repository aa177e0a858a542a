import type { AttentionOptions } from '../../prototxts/attention.js';
import { generateAttention } from '../../prototxts/attention.js';
import { type FileKind } from '../../prototxts/choices.js';

import type { PlainNet } from './plain-layers.js';
import { parseNet } from './plain-layers.js';

/** The text of one file of a net that the family has. */
export function generatedText(
  options: AttentionOptions,
  kind: FileKind,
): string {
  const generated = generateAttention({ ...options, files: [kind] });
  if ('refusal' in generated) throw new Error(generated.refusal);
  const [file] = generated.files;
  if (file === undefined) throw new Error(`no ${kind} was written`);
  return file.text;
}

export const generatedNet = (
  options: AttentionOptions,
  kind: 'deploy' | 'train_val',
): PlainNet => parseNet(kind, generatedText(options, kind));
