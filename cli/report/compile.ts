import { join } from 'node:path';

import type { NetSummary } from '../../compiler/summary.js';

import type { Block } from './block.js';
import type { JsonValue } from './json-text.js';
import { amountText, counted, countText, timeText } from './number-text.js';

/** What `compile` tells of a folder that it wrote. */
export interface CompileReport {
  readonly folder: string;
  readonly files: readonly string[];
  readonly summary: NetSummary;
  readonly signatures: readonly string[];
  /** Nodes of the whole TensorFlow graph. */
  readonly ops: number;
  /** By stage. */
  readonly milliseconds: Readonly<Record<string, number>>;
  /** The graph after a pass, as often as that pass runs. */
  readonly dumps: readonly string[];
}

export const compileJson = (report: CompileReport): JsonValue => ({
  net: report.summary.name,
  folder: report.folder,
  savedModel: join(report.folder, 'saved_model.pb'),
  files: report.files,
  signatures: report.signatures,
  layers: report.summary.totals.layers,
  ops: report.ops,
  parameters: report.summary.totals.parameters,
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
        ['signatures', report.signatures.join(', ')],
        ['time', `${timeText(total)} (${times.join(', ')})`],
      ],
    },
  ];
}
