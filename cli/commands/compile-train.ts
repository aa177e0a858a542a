import { existsSync, realpathSync } from 'node:fs';

import { compileSolver } from '../../compiler/compile-solver.js';
import { isError } from '../../compiler/diagnostics.js';
import { passNames, training } from '../../compiler/passes/index.js';
import { loadNet } from '../../compiler/schema/load-net.js';
import { loadSolver } from '../../compiler/schema/load-solver.js';
import type { Message } from '../../compiler/schema/message.js';
import { netsOfSolver } from '../../compiler/solver/nets-of-solver.js';
import { summarizeNet } from '../../compiler/summary.js';

import { writeModelFolder } from '../../runtime/model-folder.js';

import { type Emit, type Outcome, runStage, stageTeller } from '../events.js';
import { readSource } from '../files.js';
import { netOptionsOf } from '../read-options.js';
import { compileJson, compileView } from '../report/compile.js';
import { safeName } from '../safe-name.js';
import { useScratch } from '../scratch.js';
import { sourceShapes } from '../source-shapes.js';
import { UsageError } from '../usage-error.js';
import { ownVersion } from '../version.js';
import { openWeights } from '../weight-files.js';
import { type CompileFlags, emitsOf, observerOf } from './compile.js';

type Solver = Message<'SolverParameter'>;

/** A net and its solver become one graph: `train_step`, `test_0` and what serves them. */
export async function compileTraining(
  path: string,
  flags: CompileFlags,
  emit: Emit,
): Promise<Outcome> {
  const { solver: solverPath } = flags;
  if (solverPath === undefined) {
    throw new UsageError('--train needs the solver: --solver FILE');
  }
  if (flags.freeze) {
    throw new UsageError('--freeze makes constants of what --train changes');
  }
  const start = performance.now();
  const options = netOptionsOf(flags);
  const emits = emitsOf(flags);
  const dumps: string[] = [];
  const observe = observerOf(flags, dumps, training);
  const read = loadSolver(readSource(solverPath), options);
  emit({ kind: 'diagnostics', diagnostics: read.diagnostics });
  const { solver } = read;
  if (solver === undefined) return 'refused';
  requireNetOf(solver, path, solverPath);
  const opened = openWeights(flags.weights ?? []);
  const { level, stages, inputShapes, ...reading } = options;
  const { dialect } = loadNet(readSource(path), options);
  const resolve = (file: string) =>
    existsSync(file) ? readSource(file) : undefined;
  const sourced = await Promise.all(
    netsOfSolver(solver, resolve, reading).nets.map(({ layers, state }) =>
      sourceShapes(layers, state.phase, inputShapes),
    ),
  );
  const { model, diagnostics } = await runStage(emit, `compiling ${path}`, () =>
    compileSolver(solver, resolve, {
      ...reading,
      inputShapes: (net) => sourced[net]?.shapes ?? new Map(),
      observe,
      ...((stages?.length ?? 0) > 0 || level !== 0
        ? { tool: { level, stage: stages?.join(',') } }
        : {}),
    }),
  );
  const compiled = performance.now();
  const said = [...sourced.flatMap((each) => each.diagnostics), ...diagnostics];
  emit({ kind: 'diagnostics', diagnostics: said });
  if (model === undefined || said.some(isError)) return 'refused';
  const fitted =
    opened.paths.length === 0 ? undefined : opened.fit(model.train);
  if (fitted !== undefined) {
    emit({ kind: 'diagnostics', diagnostics: fitted.diagnostics });
    if (fitted.diagnostics.some(isError)) return 'refused';
    useScratch();
  }
  const folder = flags.output ?? `${safeName(model.train.name)}.rancc`;
  const teller = stageTeller(emit);
  const { files, model: final } = await writeModelFolder(
    { ...model, net: model.train, dialect },
    {
      folder,
      source: path,
      version: ownVersion(),
      passes: passNames(training),
      weights: fitted,
      emits,
      freeze: false,
      progress: teller.progress,
    },
  );
  teller.end();
  opened.close();
  const now = performance.now();
  const report = {
    folder,
    files,
    summary: summarizeNet(model.train),
    signatures: final.savedModel.signatures,
    ops: final.savedModel.graph.nodes.length,
    unused: fitted?.unused ?? [],
    milliseconds: {
      compile: compiled - start,
      write: now - compiled,
      total: now - start,
    },
    dumps,
  };
  emit({
    kind: 'result',
    document: () => compileJson(report),
    view: () => compileView(report),
  });
  return 'done';
}

/** A net that the solver does not train would be passed over without a word. */
function requireNetOf(solver: Solver, path: string, solverPath: string): void {
  const named = (['net', 'train_net'] as const).flatMap((field) =>
    solver.has(field) ? [solver.get(field)] : [],
  );
  const real = (file: string): string =>
    existsSync(file) ? realpathSync(file) : file;
  const [first] = named;
  // A net that is not there is told of with its place.
  if (first === undefined || !existsSync(first)) return;
  if (named.some((file) => real(file) === real(path))) return;
  throw new UsageError(
    `${solverPath} trains ${first}, not ${path}`,
    `compile ${first} --train --solver ${solverPath}`,
  );
}
