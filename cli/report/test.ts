import type { Net } from '../../compiler/net/net.js';

import type { TestMeans } from '../../runtime/training/test-run.js';
import type { Score } from '../../runtime/training/training-event.js';

import type { Block } from './block.js';
import type { JsonValue } from './json-text.js';
import { logNumber as text } from './log-number.js';
import { floatJson } from './train-json.js';
import { type LogLine, scoreText } from './train-log.js';

export interface TestReport extends TestMeans {
  readonly net: Net;
  readonly iterations: number;
}

/** What Caffe logs of one batch. */
export const batchLines = (
  batch: number,
  scores: readonly Score[],
): readonly LogLine[] =>
  scores.map(({ name, value }) => [
    'caffe.cpp:313',
    `Batch ${batch}, ${name} = ${text(value)}`,
  ]);

/** What it logs at the end. */
export const meanLines = ({ scores, loss }: TestMeans): readonly LogLine[] => [
  ['caffe.cpp:318', `Loss: ${text(loss)}`],
  ...scores.map((score): LogLine => ['caffe.cpp:330', scoreText(score)]),
];

/** By the output's name: its mean, or the means of its several numbers. */
export function testJson({
  net,
  iterations,
  scores,
  loss,
}: TestReport): JsonValue {
  const means = new Map<string, number[]>();
  for (const { name, value } of scores)
    means.set(name, [...(means.get(name) ?? []), value]);
  return {
    iterations,
    outputs: Object.fromEntries(
      Array.from(means, ([name, [first = NaN, ...more]]) => [
        name,
        more.length === 0
          ? floatJson(first)
          : Float32Array.from([first, ...more]),
      ]),
    ),
    loss: floatJson(loss),
    top: Object.fromEntries(topsOf(net)),
  };
}

/** Accuracies, by name: how many of the best scores they look at. */
const topsOf = ({ layers }: Net): ReadonlyMap<string, number> =>
  new Map(
    layers.flatMap(({ type, tops: [top], message }) =>
      type === 'Accuracy' && top !== undefined
        ? [[top.name, message.get('accuracy_param').get('top_k')] as const]
        : [],
    ),
  );

export function testView(report: TestReport): readonly Block[] {
  const tops = topsOf(report.net);
  return [
    {
      kind: 'facts',
      facts: report.scores.map(({ name, value }) => {
        const top = tops.get(name);
        return [
          name,
          `${text(value)}${top === undefined ? '' : ` (top-${top})`}`,
        ];
      }),
    },
  ];
}
