import { shapeText } from '../../compiler/ir/types.js';
import { statisticsOf } from '../../compiler/weights/statistics.js';

import type { Tensor } from '../../runtime/tensor.js';

import type { Block } from './block.js';
import type { JsonValue } from './json-text.js';
import { measureText, timeText } from './number-text.js';
import { outputsJson } from './outputs-json.js';

/** What came out of forward passes. */
export interface RunReport {
  readonly net: string;
  /** How many there were. */
  readonly passes: number;
  /** Those that are shown, the last one last. */
  readonly iterations: readonly ReadonlyMap<string, Tensor>[];
  readonly files: readonly string[];
  readonly hasWeights: boolean;
  /** Bad records that were passed over. */
  readonly skipped: number;
  /** Of all passes together. */
  readonly milliseconds: number;
}

export const runJson = (report: RunReport): JsonValue => ({
  net: report.net,
  ...outputsJson(report.iterations),
  files: report.files,
  skipped: report.skipped,
  milliseconds: report.milliseconds,
});

const firstShown = 4;

/** A row a blob, as it is after the last pass. */
export function runView(report: RunReport): readonly Block[] {
  const outputs = [...(report.iterations.at(-1) ?? new Map<string, Tensor>())];
  const each = timeText(report.milliseconds / report.passes);
  return [
    {
      kind: 'line',
      text: `${report.net}: ${report.passes} forward ${report.passes === 1 ? 'pass' : 'passes'}, ${each}${report.passes === 1 ? '' : ' each'}`,
    },
    ...(report.hasWeights
      ? []
      : [
          {
            kind: 'line' as const,
            text: 'without --weights: parameters have the values of their fillers',
          },
        ]),
    {
      kind: 'table',
      columns: [
        { title: 'blob', shrinks: true },
        { title: 'shape' },
        { title: 'min', align: 'right' },
        { title: 'max', align: 'right' },
        { title: 'mean', align: 'right' },
        { title: 'first values', shrinks: true },
      ],
      rows: outputs.map(outputRow),
    },
    ...(report.skipped === 0
      ? []
      : [
          {
            kind: 'line' as const,
            text: `passed over ${report.skipped} bad ${report.skipped === 1 ? 'record' : 'records'}`,
            tone: 'bad' as const,
          },
        ]),
    ...report.files.map((file): Block => ({
      kind: 'line',
      text: `wrote ${file}`,
    })),
  ];
}

function outputRow([name, { shape, data }]: readonly [
  string,
  Tensor,
]): readonly string[] {
  const values = data instanceof Float32Array ? data : new Float32Array();
  const { min, max, mean } = statisticsOf(values);
  const first = Array.from(values.subarray(0, firstShown), (value) =>
    measureText(value),
  );
  const more = values.length > firstShown ? ' …' : '';
  return [
    name,
    shapeText(shape),
    measureText(min),
    measureText(max),
    measureText(mean),
    first.join(' ') + more,
  ];
}
