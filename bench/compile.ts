/**
 * Parse and compile time of the CIFAR nets of 56 to 452 layers, each against the smallest one
 * per kilobyte of text: a ratio near 1 is linear time.
 */
import { parse } from '../grammar/parse.js';

import { compile } from '../compiler/compile.js';

import { interleaved, median } from './measure.js';
import { readDeploy } from './nets.js';
import { milliseconds, printHeading, printTable, ratio } from './report.js';

const depths = [56, 92, 236, 452];
const rounds = Number(process.env['RANCC_BENCH_ROUNDS'] ?? 15);

printHeading('Parse and compile time by size of the net (prototxts/cifar10)');
const sources = depths.map((depth) => ({
  name: `Attention-${depth}`,
  source: readDeploy(`cifar10/Attention-${depth}`),
}));
const subjects: Record<string, () => unknown> = {};
for (const { name, source } of sources) {
  subjects[`parse ${name}`] = () => parse(source);
  subjects[`compile ${name}`] = () => compile(source);
}
const timings = await interleaved(subjects, { rounds, warmUp: 3 });

const rows = sources.map(({ name, source }) => {
  const kilobytes = Buffer.byteLength(source.text) / 1000;
  const parsed = median(timings[`parse ${name}`] ?? []);
  const compiled = median(timings[`compile ${name}`] ?? []);
  return { name, kilobytes, parsed, compiled };
});
const [smallest] = rows;
printTable(
  ['net', 'KB', 'parse', 'per KB, of 56', 'compile', 'per KB, of 56'],
  rows.map(({ name, kilobytes, parsed, compiled }) => {
    const perKilobyte = (time: number, first = Number.NaN): string =>
      ratio(time / kilobytes / (first / (smallest?.kilobytes ?? 1)));
    return [
      name,
      kilobytes.toFixed(0),
      milliseconds(parsed),
      perKilobyte(parsed, smallest?.parsed),
      milliseconds(compiled),
      perKilobyte(compiled, smallest?.compiled),
    ];
  }),
);
