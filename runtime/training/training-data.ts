import { type Diagnostic, diagnostic } from '../../compiler/diagnostics.js';
import { sameShape, type Shape } from '../../compiler/ir/types.js';
import type { Net } from '../../compiler/net/net.js';
import type { SolverNet } from '../../compiler/solver/nets-of-solver.js';

import type { NetData } from '../data/net-data.js';
import { openNetData } from '../data/open-net-data.js';
import type { SnapshotRecord } from './snapshot-record.js';
import type { TrainingRequest } from './training-request.js';

type Shapes = ReadonlyMap<string, Shape>;

/** The data of each net of a solver, the train net's first; undefined: it has no data layers. */
export interface TrainingData {
  readonly nets: readonly (NetData | undefined)[];
  /** Of the tops of a net's data layers, and what the user says of other tops. */
  shapesOf(net: number): Shapes;
  close(): Promise<void>;
}

export interface OpenedTrainingData {
  readonly data: TrainingData;
  readonly diagnostics: readonly Diagnostic[];
}

/** Opens the data layers of all nets, each where the record says that it goes on. */
export async function openTrainingData(
  nets: readonly SolverNet[],
  request: Pick<TrainingRequest, 'inputShapes' | 'workers' | 'skipBad'>,
  start: {
    readonly seed: number;
    readonly record: SnapshotRecord | undefined;
  },
): Promise<OpenedTrainingData> {
  const { workers, skipBad, inputShapes } = request;
  const opened: (NetData | undefined)[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [number, { layers, state }] of nets.entries()) {
    const found = await openNetData(layers, {
      phase: state.phase,
      seed: start.seed,
      skipBad,
      position: positionIn(start.record, number),
      ...(workers === undefined ? {} : { workers }),
    });
    opened.push(found.data);
    diagnostics.push(...found.diagnostics);
    if (found.data !== undefined)
      diagnostics.push(...shapeMisfits(inputShapes, found.data.shapes));
  }
  return {
    diagnostics,
    data: {
      nets: opened,
      shapesOf: (net) =>
        new Map([...inputShapes, ...(opened[net]?.shapes ?? [])]),
      close: async () => {
        for (const each of opened) await each?.close();
      },
    },
  };
}

const positionIn = (record: SnapshotRecord | undefined, net: number) =>
  (net === 0 ? record?.data.train : record?.data.tests[net - 1]) ?? {};

/** What is fed has the shape of the source, whatever the user would have. */
export const shapeMisfits = (
  given: Shapes,
  found: Shapes,
): readonly Diagnostic[] =>
  [...given].flatMap(([input, shape]) => {
    const own = found.get(input);
    if (own === undefined || sameShape(shape, own)) return [];
    const facts = { input, given: shape, found: own };
    return diagnostic('solver/shape-of-data', facts);
  });

/** Inputs of nets that no data layer feeds. */
export const unfedInputs = (
  nets: readonly Net[],
  data: readonly (NetData | undefined)[],
): readonly Diagnostic[] =>
  nets.flatMap(({ name, inputs }, number) =>
    inputs
      .filter((input) => !(data[number]?.shapes.has(input.name) ?? false))
      .map(({ name: input, span }) =>
        diagnostic('solver/unfed-input', { input, net: name }, { span }),
      ),
  );
