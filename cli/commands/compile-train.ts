import { existsSync, realpathSync } from 'node:fs';

import { isError } from '../../compiler/diagnostics.js';
import { passNames, training } from '../../compiler/passes/index.js';
import { loadNet } from '../../compiler/schema/load-net.js';
import { loadSolver } from '../../compiler/schema/load-solver.js';
import type { Message } from '../../compiler/schema/message.js';

import { type Emit, type Outcome, runStage } from '../events.js';
import { readSource } from '../files.js';
import { portablePipeline } from '../precision.js';
import { netOptionsOf } from '../read-options.js';
import { netsWithSources } from '../solver-nets.js';
import { UsageError } from '../usage-error.js';
import { openWeights } from '../weight-files.js';
import { writeCompiled } from '../write-compiled.js';
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
  const pipeline = portablePipeline(flags, training);
  const observe = observerOf(flags, dumps, pipeline);
  const read = loadSolver(readSource(solverPath), options);
  emit({ kind: 'diagnostics', diagnostics: read.diagnostics });
  const { solver } = read;
  if (solver === undefined) return 'refused';
  requireNetOf(solver, path, solverPath);
  const opened = openWeights(flags.weights ?? []);
  const { dialect } = loadNet(readSource(path), options);
  const nets = await netsWithSources(solver, flags);
  const { model, diagnostics } = await runStage(emit, `compiling ${path}`, () =>
    nets.compile({ pipeline, observe }),
  );
  const compiled = performance.now();
  const said = [...nets.sourceDiagnostics, ...diagnostics];
  emit({ kind: 'diagnostics', diagnostics: said });
  if (model === undefined || said.some(isError)) return 'refused';
  return writeCompiled(
    {
      model: { ...model, net: model.train, dialect },
      path,
      folder: flags.output,
      weights: opened,
      passes: passNames(pipeline),
      emits,
      freeze: false,
      dumps,
      start,
      milliseconds: { compile: compiled - start },
    },
    emit,
  );
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
