import { shapeText } from '../../compiler/ir/types.js';
import type { StepMemory } from '../../compiler/step-memory.js';
import type { NetSummary, TopSummary } from '../../compiler/summary.js';

import type { Block } from './block.js';
import type { JsonValue } from './json-text.js';
import { amountText, counted, countText } from './number-text.js';

export const summaryJson = ({
  name,
  layers,
  totals,
}: NetSummary): Readonly<Record<string, JsonValue>> => ({
  name,
  layers: layers.map(({ tops, ...layer }) => ({
    ...layer,
    tops: tops.map((top) => ({ name: top.name, shape: top.shape ?? null })),
  })),
  totals,
});

/** A row a layer, and the totals. */
export function summaryView({
  name,
  layers,
  totals,
}: NetSummary): readonly Block[] {
  return [
    { kind: 'line', text: name },
    {
      kind: 'table',
      columns: [
        { title: 'layer', shrinks: true },
        { title: 'type' },
        { title: 'tops', shrinks: true },
        { title: 'parameters', align: 'right' },
        { title: 'macs', align: 'right' },
        { title: 'memory', align: 'right' },
      ],
      rows: layers.map((layer) => [
        layer.name,
        layer.type,
        layer.tops.map(topText).join(', '),
        countOrNothing(layer.parameters),
        layer.macs === 0 ? '' : amountText(layer.macs),
        layer.activations === 0 ? '' : amountText(layer.activations, 'B'),
      ]),
      footer: [
        [
          counted(totals.layers, 'layer'),
          '',
          '',
          countText(totals.parameters),
          amountText(totals.macs),
          amountText(totals.activations, 'B'),
        ],
      ],
    },
    {
      kind: 'line',
      text: `${countText(totals.learnable)} of the ${counted(totals.parameters, 'parameter')} are learnable`,
    },
  ];
}

/** In bytes. */
export const memoryJson = ({
  parameters,
  history,
  activations,
  graph,
  gaps,
  total,
}: StepMemory): JsonValue => ({
  parameters,
  history,
  activations,
  graph,
  gaps,
  total,
});

/** What a training step holds, beside the bare process with TensorFlow's library. */
export function memoryView(memory: StepMemory): readonly Block[] {
  const amount = (bytes: number): string => amountText(bytes, 'B');
  return [
    {
      kind: 'line',
      text: `a training step holds ${amount(memory.total)}: ${amount(memory.parameters)} of parameters, ${amount(memory.history)} of history, and up to ${amount(memory.activations)} of activations and gradients at one time, about ${amount(memory.graph)} of TensorFlow's graph and ${amount(memory.gaps)} of gaps between tensors; the process with TensorFlow's library and the data layers come on top`,
    },
  ];
}

const topText = ({ name, shape }: TopSummary): string =>
  `${name} ${shape === undefined ? '?' : shapeText(shape)}`;

const countOrNothing = (count: number): string =>
  count === 0 ? '' : countText(count);
