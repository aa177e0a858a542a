import { join } from 'node:path';

import type { NetSummary } from '../../compiler/summary.js';
import type { UnusedLayer } from '../../compiler/weights/match.js';

import type { Block } from './block.js';
import type { JsonValue } from './json-text.js';
import { amountText, counted, countText, timeText } from './number-text.js';
import { unusedFacts } from './weights.js';

/** What `compile` tells of a folder that it wrote. */
export interface CompileReport {
  readonly folder: string;
  readonly files: readonly string[];
  readonly summary: NetSummary;
  readonly signatures: readonly string[];
  /** Nodes of the whole TensorFlow graph. */
  readonly ops: number;
  /** Layers of weight files that the net does not have. */
  readonly unused: readonly UnusedLayer[];
  /** By stage. */
  readonly milliseconds: Readonly<Record<string, number>>;
  /** The graph after a pass, as often as that pass runs. */
  readonly dumps: readonly string[];
}

const savedModelName = 'saved_model.pb';

export const compileJson = (report: CompileReport): JsonValue => ({
  net: report.summary.name,
  folder: report.folder,
  savedModel: report.files.includes(savedModelName)
    ? join(report.folder, savedModelName)
    : null,
  files: report.files,
  signatures: report.signatures,
  layers: report.summary.totals.layers,
  ops: report.ops,
  parameters: report.summary.totals.parameters,
  unusedLayers: report.unused.map(({ name }) => name),
  milliseconds: report.milliseconds,
  ...(report.dumps.length === 0 ? {} : { ir: report.dumps }),
});

export function compileView(report: CompileReport): readonly Block[] {
  const { layers, parameters, macs } = report.summary.totals;
  const { total = 0, ...stages } = report.milliseconds;
  const times = Object.entries(stages).map(
    ([stage, time]) => `${stage} ${timeText(time)}`,
  );
  return [
    ...report.dumps.map((text): Block => ({ kind: 'text', text })),
    {
      kind: 'facts',
      facts: [
        ['net', report.summary.name],
        ['folder', report.folder],
        ['files', report.files.join(', ')],
        [
          'size',
          `${counted(layers, 'layer')}, ${counted(report.ops, 'op')}, ${amountText(macs)} macs`,
        ],
        ['parameters', countText(parameters)],
        ...unusedFacts(report.unused),
        ['signatures', report.signatures.join(', ')],
        ['time', `${timeText(total)} (${times.join(', ')})`],
      ],
    },
  ];
}
