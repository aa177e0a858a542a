import { readFileSync, writeFileSync } from 'node:fs';

import { readGolden } from '../compiler/weights/golden-reader.js';
import { synthesizeInput } from '../compiler/weights/synthesize.js';

import { writeNpy } from '../runtime/arrays/npy.js';

/** `write-golden-input.ts GOLDEN.json INPUT.npy`: the input that the golden's formula gives. */
const [goldenPath = '', target = ''] = process.argv.slice(2);
const { golden } = readGolden(goldenPath, readFileSync(goldenPath, 'utf8'));
if (golden?.input.from !== 'stream') {
  throw new RangeError(`${goldenPath} is no golden with a formula`);
}
const { stream, shape, range } = golden.input;
writeFileSync(
  target,
  writeNpy(shape, synthesizeInput(stream, shape, range).read()),
);
