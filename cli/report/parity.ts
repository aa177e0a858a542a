import {
  type ParityLayer,
  type ParityReport,
  worstFirst,
} from '../../runtime/parity.js';

import type { Block, Table } from './block.js';
import type { JsonValue } from './json-text.js';
import { counted, measureText } from './number-text.js';

export const parityJson = (report: ParityReport): JsonValue => ({
  passed: report.passed,
  tolerance: report.tolerance,
  layers: report.layers.map(layerJson),
  worst: report.worst === undefined ? null : layerJson(report.worst),
  firstDivergence:
    report.firstDivergence === undefined
      ? null
      : { name: report.firstDivergence.name, top: report.firstDivergence.top },
  optimised: {
    passed: report.optimised.passed,
    outputs: report.optimised.outputs.map(
      ({ name, maxAbs, maxRel, passed }) => ({ name, maxAbs, maxRel, passed }),
    ),
  },
  notCompared: report.notCompared,
});

const layerJson = (layer: ParityLayer): JsonValue => {
  const { name, type, top, maxAbs, maxRel, passed, own } = layer;
  return {
    name,
    type,
    top,
    maxAbs,
    maxRel,
    passed,
    own: own && {
      maxAbs: own.maxAbs,
      maxRel: own.maxRel,
      passed: own.passed,
    },
  };
};

const mostShown = 20;

/** The worst layers, what the optimised graph gives, and the verdict. */
export function parityView(
  report: ParityReport,
  all: boolean,
): readonly Block[] {
  const { layers, notCompared, optimised } = report;
  const sorted = worstFirst(layers);
  const shown = all ? sorted : sorted.slice(0, mostShown);
  const failed = layers.filter(({ passed }) => !passed).length;
  const rest =
    notCompared.length === 0
      ? ''
      : `; the reference knows nothing of ${counted(notCompared.length, 'top')}`;
  return [
    layerTable(shown),
    ...(shown.length === layers.length
      ? []
      : [line(`... and ${layers.length - shown.length} more (--all)`)]),
    line(
      `${counted(layers.length, 'top')} compared, ${failed} beyond the tolerance ${measureText(report.tolerance)}${rest}`,
    ),
    ...optimised.outputs.map(({ name, maxAbs, maxRel, passed }) =>
      line(
        `optimised graph: '${name}' ${passed ? 'agrees' : 'differs'}, by ${measureText(maxAbs)} (relative ${measureText(maxRel)})`,
        passed ? undefined : 'bad',
      ),
    ),
    ...divergence(report.firstDivergence),
    report.passed
      ? line('passed', 'good')
      : line(
          layers.length === 0 ? 'failed: nothing was compared' : 'failed',
          'bad',
        ),
  ];
}

function layerTable(layers: readonly ParityLayer[]): Table {
  const hasOwn = layers.some(({ own }) => own !== undefined);
  return {
    kind: 'table',
    columns: [
      { title: 'layer', shrinks: true },
      { title: 'type' },
      { title: 'top', shrinks: true },
      { title: 'max abs', align: 'right' },
      { title: 'max rel', align: 'right' },
      ...(hasOwn ? [{ title: 'own rel', align: 'right' as const }] : []),
      { title: '' },
    ],
    rows: layers.map((layer) => [
      layer.name,
      layer.type,
      layer.top,
      measureText(layer.maxAbs, 3),
      measureText(layer.maxRel, 3),
      ...(hasOwn
        ? [layer.own === undefined ? '' : measureText(layer.own.maxRel, 3)]
        : []),
      layer.passed ? 'ok' : 'differs',
    ]),
  };
}

const line = (text: string, tone?: 'good' | 'bad'): Block =>
  tone === undefined ? { kind: 'line', text } : { kind: 'line', text, tone };

/** The first layer that differs, and whether it is to blame. */
function divergence(layer: ParityLayer | undefined): readonly Block[] {
  if (layer === undefined) return [];
  const place = `first to differ: layer '${layer.name}', top '${layer.top}'`;
  if (layer.own === undefined) return [line(place, 'bad')];
  const blame = layer.own.passed
    ? "it inherits the error: on the reference's own bottoms it agrees"
    : "the error is its own: it differs on the reference's own bottoms too";
  return [line(`${place}; ${blame}`, 'bad')];
}
