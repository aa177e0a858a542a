import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

import type { ReadOptions } from '../../compiler/read-net.js';
import type { Golden } from '../../compiler/weights/golden.js';
import { readGolden } from '../../compiler/weights/golden-reader.js';

import {
  type Parity,
  type ParityReport,
  proveParity,
} from '../../runtime/parity.js';
import { openWeightFile } from '../../runtime/weights/open-weights.js';

export function readGoldenFile(path: string): Golden {
  const { golden, diagnostics } = readGolden(path, readFileSync(path, 'utf8'));
  if (golden === undefined) {
    throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  }
  return golden;
}

export interface ProofFiles {
  readonly prototxt: string;
  readonly golden: string;
  /** None: those of the golden's formula. */
  readonly weights?: string;
  readonly options?: ReadOptions;
}

/** Compares a net of files with a golden of a file, as `rancc validate` does. */
export async function proveFiles({
  prototxt,
  golden,
  weights,
  options = {},
}: ProofFiles): Promise<Parity> {
  const opened = weights === undefined ? undefined : openWeightFile(weights);
  try {
    const file = opened?.file;
    return await proveParity({
      source: { name: prototxt, text: readFileSync(prototxt, 'utf8') },
      options,
      weights: file === undefined ? [] : [file],
      reference: {
        kind: 'golden',
        golden: readGoldenFile(golden),
        folder: dirname(golden),
      },
    });
  } finally {
    opened?.close();
  }
}

/** The report of a proof that must come to one; what failed in words. */
export function reportOf({ report, diagnostics }: Parity): ParityReport {
  if (report === undefined) {
    throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  }
  return report;
}

/** Layers and outputs beyond the tolerance: none, where the proof holds. */
export const beyond = ({
  layers,
  optimised,
}: ParityReport): readonly string[] => [
  ...layers
    .filter(({ passed }) => !passed)
    .map(({ name, maxRel }) => `${name} differs by ${maxRel}`),
  ...optimised.outputs
    .filter(({ passed }) => !passed)
    .map(({ name, maxRel }) => `optimised ${name} differs by ${maxRel}`),
];
