import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

import { writeFileAtomically } from '../../runtime/atomic-write.js';
import {
  type AttentionOptions,
  generateAttention,
} from '../../prototxts/attention.js';

import type { Emit, Outcome } from '../events.js';
import { UsageError } from '../usage-error.js';

export interface GenerateFlags extends Omit<AttentionOptions, 'folder'> {
  readonly output: string;
  readonly force?: true;
}

/** Writes the prototxts of a net of the Residual Attention family, in a folder of its own. */
export async function generate(
  flags: GenerateFlags,
  emit: Emit,
): Promise<Outcome> {
  if (flags.noiseSeed !== undefined && flags.labelNoise === undefined) {
    throw new UsageError('--noise-seed needs --label-noise');
  }
  const generated = generateAttention({
    ...flags,
    folder: flags.output.split(sep).join('/').replace(/\/+$/, '') || '/',
  });
  if ('refusal' in generated) throw new UsageError(generated.refusal);
  const files = generated.files.map(({ name, text }) => ({
    path: join(flags.output, generated.net, name),
    text,
  }));
  const other = files.find(({ path, text }) => differs(path, text));
  if (other !== undefined && !flags.force) {
    throw new UsageError(
      `${other.path} is there already and differs`,
      '--force overwrites it; -o FOLDER writes elsewhere',
    );
  }
  for (const { path, text } of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomically(path, text);
  }
  const paths = files.map(({ path }) => path);
  emit({
    kind: 'result',
    document: () => ({ net: generated.net, files: paths }),
    view: () => paths.map((path) => ({ kind: 'line', text: `wrote ${path}` })),
  });
  return 'done';
}

const differs = (path: string, text: string): boolean =>
  existsSync(path) && readFileSync(path, 'utf8') !== text;
