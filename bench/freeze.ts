/**
 * Weights as variables against weights as constants of the graph (`--freeze`): what each costs
 * to load, to run first and to go on running, and the memory. One process for each, in turns.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { emitSavedModel } from '../compiler/emit/saved-model.js';
import type { Variable } from '../compiler/ir/graph.js';
import {
  freezeParameters,
  variablesRead,
} from '../compiler/passes/freeze-parameters.js';

import { openEvaluator } from '../runtime/evaluator.js';

import { median, medianRatio, timed } from './measure.js';
import {
  compileOrThrow,
  fittedWeights,
  madeInputs,
  readDeploy,
} from './nets.js';
import { peakMemory } from './peak-memory.js';
import {
  megabytes,
  milliseconds,
  printHeading,
  printTable,
  ratio,
} from './report.js';

const net = process.argv[2] ?? 'imagenet/Attention-56';
const rounds = Number(process.env['RANCC_BENCH_ROUNDS'] ?? 30);
const kinds = ['variables', 'frozen'] as const;
type Kind = (typeof kinds)[number];

interface Start {
  readonly load: number;
  readonly assign: number;
  readonly first: number;
  /** Most that the process ever held, in bytes. */
  readonly peak: number;
}

/** The child: opens its model, tells what that cost, then runs once for each message. */
async function serve(kind: Kind): Promise<void> {
  const model = compileOrThrow(readDeploy(net));
  const { blobs } = fittedWeights(model);
  let ready = model;
  if (kind === 'frozen') {
    const maker = await openEvaluator(model);
    await maker.assign(blobs);
    const variables: readonly Variable[] = variablesRead(model.graph);
    const graph = freezeParameters(
      model.graph,
      await maker.readVariables(variables),
    );
    await maker.close();
    const savedModel = emitSavedModel(graph, { restores: false });
    ready = { ...model, graph, savedModel };
  }
  const loaded = await timed(() => openEvaluator(ready));
  const evaluator = loaded.result;
  const assigned = await timed(() =>
    kind === 'frozen' ? undefined : evaluator.assign(blobs),
  );
  const inputs = madeInputs(model);
  const first = await timed(() => evaluator.predict(inputs));
  const start: Start = {
    load: loaded.milliseconds,
    assign: assigned.milliseconds,
    first: first.milliseconds,
    peak: peakMemory(),
  };
  process.send?.(start);
  process.on('message', () => {
    void timed(() => evaluator.predict(inputs)).then((run) =>
      process.send?.(run.milliseconds),
    );
  });
}

const nextMessage = async <Message>(child: ChildProcess): Promise<Message> => {
  const [message] = (await once(child, 'message')) as [Message];
  return message;
};

async function compare(): Promise<void> {
  printHeading(`Weights of ${net} as variables and as constants (--freeze)`);
  const children: ChildProcess[] = [];
  const starts: Start[] = [];
  for (const kind of kinds) {
    const child = fork(fileURLToPath(import.meta.url), [net, kind]);
    children.push(child);
    starts.push(await nextMessage<Start>(child));
  }
  const runs: number[][] = kinds.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, child] of children.entries()) {
      child.send('run');
      runs[at]?.push(await nextMessage<number>(child));
    }
  }
  for (const child of children) child.kill();
  printTable(
    [
      '',
      'load',
      'assign',
      'first run',
      'steady run',
      'of variables',
      'peak memory',
    ],
    kinds.map((kind, at) => {
      const start = starts[at];
      const times = runs[at] ?? [];
      return [
        kind,
        milliseconds(start?.load ?? Number.NaN),
        kind === 'frozen' ? '' : milliseconds(start?.assign ?? Number.NaN),
        milliseconds(start?.first ?? Number.NaN),
        milliseconds(median(times)),
        ratio(medianRatio(times, runs[0] ?? [])),
        megabytes(start?.peak ?? Number.NaN),
      ];
    }),
  );
  console.log(
    '\nThe peak of the frozen one includes making it: the same process assigned the weights before.',
  );
}

const kind = kinds.find((each) => each === process.argv[3]);
await (kind === undefined ? compare() : serve(kind));
