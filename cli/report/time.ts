import type { Net } from '../../compiler/net/net.js';
import { generalText } from '../../compiler/schema/to-text.js';

import type { NetTimes } from '../../runtime/trace/time-net.js';

import type { Block } from './block.js';
import { glogLine, logOrigin } from './glog-line.js';
import type { JsonValue } from './json-text.js';

export interface TimeReport {
  readonly net: Net;
  readonly times: NetTimes;
}

const sumOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0);

const meanOf = (numbers: readonly number[]): number =>
  sumOf(numbers) / Math.max(1, numbers.length);

/** How far the layers' sum may be from the whole before it has to be told. */
const smallGap = 0.25;

/** The whole pass, forward and backward, and what of it the kernels of layers are. */
function totalsOf({ passes, forward, folded, layers }: NetTimes) {
  const whole = meanOf(passes);
  const inLayers = layers.total - layers.other;
  return {
    forward,
    backward: Math.max(0, whole - forward),
    forwardBackward: whole,
    total: sumOf(passes),
    ...(folded === undefined ? {} : { folded }),
    inLayers,
    /** Of the whole. */
    gap: whole === 0 ? 0 : inLayers / whole - 1,
  };
}

const rowsOf = ({ net, times }: TimeReport) =>
  net.layers.map(({ name, type }) => {
    const { layers, within } = times.layers;
    const host = within.get(name);
    return {
      name,
      type,
      ...(layers.get(name) ?? { forward: 0, backward: 0 }),
      ...(host === undefined ? {} : { within: host }),
    };
  });

const log = (line: number, message: string): string =>
  glogLine(`caffe.cpp:${line}`, message, logOrigin());

const text = (milliseconds: number): string =>
  `${generalText(Number(milliseconds.toFixed(6)), 6)} ms.`;

/** What `caffe time` says before its passes. */
export const beginLines = (iterations: number): readonly string[] => [
  log(374, '*** Benchmark begins ***'),
  log(375, `Testing for ${iterations} iterations.`),
];

/** `caffe time` tells whole milliseconds of a pass. */
export const passLine = (iteration: number, milliseconds: number): string =>
  log(
    403,
    `Iteration: ${iteration} forward-backward time: ${generalText(Math.round(milliseconds), 6)} ms.`,
  );

/** The table of `caffe time`, line by line (tools/caffe.cpp). */
export function timeLog(report: TimeReport): readonly string[] {
  const { times } = report;
  const totals = totalsOf(times);
  const { initialLoss } = times;
  return [
    ...(initialLoss === undefined
      ? []
      : [log(365, `Initial loss: ${generalText(initialLoss, 6)}`)]),
    log(406, 'Average time per layer: '),
    ...rowsOf(report).flatMap(({ name, forward, backward }) => {
      const label = name.padStart(10);
      return [
        log(409, `${label}\tforward: ${text(forward)}`),
        log(412, `${label}\tbackward: ${text(backward)}`),
      ];
    }),
    log(417, `Average Forward pass: ${text(totals.forward)}`),
    log(419, `Average Backward pass: ${text(totals.backward)}`),
    log(421, `Average Forward-Backward: ${text(totals.forwardBackward)}`),
    log(423, `Total Time: ${text(totals.total)}`),
    log(424, '*** Benchmark ends ***'),
  ];
}

export function timeJson(report: TimeReport): JsonValue {
  const { net, times } = report;
  return {
    name: net.name,
    iterations: times.passes.length,
    layers: rowsOf(report),
    other: times.layers.other,
    averages: totalsOf(times),
  };
}

const shown = (milliseconds: number): string => milliseconds.toFixed(3);

const line = (text: string): Block => ({ kind: 'line', text });

/** A row a layer, in milliseconds, the totals, and what is to know of them. */
export function timeView(report: TimeReport): readonly Block[] {
  const { net, times } = report;
  const totals = totalsOf(times);
  const rows = rowsOf(report);
  const share = (milliseconds: number): string =>
    `${((100 * milliseconds) / Math.max(times.layers.total, 1e-9)).toFixed(1)} %`;
  return [
    line(
      `${net.name}, ${net.phase}: means of ${times.passes.length} passes forward and backward, in milliseconds`,
    ),
    {
      kind: 'table',
      columns: [
        { title: 'layer', shrinks: true },
        { title: 'type' },
        { title: 'forward', align: 'right' },
        { title: 'backward', align: 'right' },
        { title: 'share', align: 'right' },
      ],
      rows: rows.map(({ name, type, forward, backward }) => [
        name,
        type,
        shown(forward),
        shown(backward),
        share(forward + backward),
      ]),
      footer: [
        [
          'sum of the layers',
          '',
          shown(sumOf(rows.map(({ forward }) => forward))),
          shown(sumOf(rows.map(({ backward }) => backward))),
          share(totals.inLayers),
        ],
        [
          'kernels of no layer',
          '',
          shown(times.layers.other),
          '',
          share(times.layers.other),
        ],
        ['whole pass', '', shown(totals.forward), shown(totals.backward), ''],
      ],
    },
    ...notesOn(report).map(line),
  ];
}

function notesOn({ times }: TimeReport): readonly string[] {
  const totals = totalsOf(times);
  const { inLayers, forwardBackward, gap, folded } = totals;
  return [
    ...Array.from(
      hostedLayers(times),
      ([host, layers]) =>
        `the forward pass of ${layers.join(', ')} is computed in the kernel of ${host}, whose row has the time of both`,
    ),
    ...(Math.abs(gap) <= smallGap
      ? []
      : [
          `the layers' kernels take ${shown(inLayers)} in all, the whole pass ${shown(forwardBackward)}: ${gap > 0 ? 'the traced passes, of which the layers were measured, were slower' : 'the rest is TensorFlow between them'}`,
        ]),
    ...(folded === undefined
      ? []
      : [
          `forward alone as run and test compute it, with layers folded into others: ${shown(folded)}`,
        ]),
  ];
}

/** By layer: those that are computed in its kernel. */
function hostedLayers({ layers }: NetTimes): ReadonlyMap<string, string[]> {
  const hosted = new Map<string, string[]>();
  for (const [layer, host] of layers.within) {
    hosted.set(host, [...(hosted.get(host) ?? []), layer]);
  }
  return hosted;
}
