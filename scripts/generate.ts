import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { prototxtFiles } from '../prototxts/prototxt-files.js';

import { cstTypes } from './generate-cst-types.js';
import {
  diagnosticDocs,
  diagnosticDocsPath,
} from './generate-diagnostic-docs.js';
import { layerDocs, layerDocsPath } from './generate-layer-docs.js';
import { generatedSchema } from './generate-schema.js';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Everything in the project that a program writes, by its path from the root. */
async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  files.set('grammar/cst.d.ts', cstTypes());
  for (const [path, text] of await generatedSchema()) {
    files.set(relative(root, path), text);
  }
  for (const { path, text } of prototxtFiles()) files.set(path, text);
  files.set(layerDocsPath, await layerDocs());
  files.set(diagnosticDocsPath, await diagnosticDocs());
  return files;
}

let written = 0;
for (const [path, text] of await generatedFiles()) {
  const place = join(root, path);
  const before = await readFile(place, 'utf8').catch(() => undefined);
  if (before === text) continue;
  await mkdir(dirname(place), { recursive: true });
  await writeFile(place, text);
  written += 1;
  console.log(`wrote ${path}`);
}
if (written === 0) console.log('nothing to write: all is as generated');
