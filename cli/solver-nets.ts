import { existsSync } from 'node:fs';

import type { Source } from '../grammar/source.js';

import {
  type CompiledSolver,
  compileSolver,
  type CompileSolverOptions,
} from '../compiler/compile-solver.js';
import type { Diagnostic } from '../compiler/diagnostics.js';
import type { Shape } from '../compiler/ir/types.js';
import type { Message } from '../compiler/schema/message.js';
import {
  netsOfSolver,
  type SolverNetOptions,
  type SolverNets,
} from '../compiler/solver/nets-of-solver.js';

import { readSource } from './files.js';
import type { NetFlags } from './flags.js';
import { netOptionsOf } from './read-options.js';
import {
  type SourceFindings,
  sourceShapes,
  withoutFollowing,
} from './source-shapes.js';

/** The nets of a solver, each with the shapes that the sources of its own layers tell. */
export interface SourcedNets extends SolverNets {
  /** What is wrong with the sources; it is among the diagnostics of the nets as well. */
  readonly sourceDiagnostics: readonly Diagnostic[];
  /** The solver with these nets as one graph. */
  compile(
    options?: Pick<CompileSolverOptions, 'pipeline' | 'observe'>,
  ): CompiledSolver;
}

/** Reads a solver's nets in the state that the flags say, and asks their data sources. */
export async function netsWithSources(
  solver: Message<'SolverParameter'>,
  flags: NetFlags,
): Promise<SourcedNets> {
  const { level, stages = [], inputShapes, ...reading } = netOptionsOf(flags);
  const hasState = stages.length > 0 || level !== 0;
  const options: SolverNetOptions = {
    ...reading,
    ...(hasState ? { tool: { level, stage: stages.join(',') } } : {}),
  };
  const resolve = (file: string): Source | undefined =>
    existsSync(file) ? readSource(file) : undefined;
  // Which layers a state leaves is known before any shape is.
  const { nets } = netsOfSolver(solver, resolve, {
    ...options,
    ...(inputShapes === undefined ? {} : { inputShapes }),
  });
  const sourced: SourceFindings[] = [];
  for (const { layers, state } of nets) {
    sourced.push(await sourceShapes(layers, state.phase, inputShapes));
  }
  const withShapes: SolverNetOptions = {
    ...options,
    inputShapes: (net) => sourced[net]?.shapes ?? new Map<string, Shape>(),
  };
  const built = netsOfSolver(solver, resolve, withShapes);
  return {
    compile: (how) => compileSolver(solver, resolve, { ...withShapes, ...how }),
    sourceDiagnostics: sourced.flatMap((each) => each.diagnostics),
    diagnostics: built.diagnostics,
    nets: built.nets.map((net, index) => ({
      ...net,
      diagnostics: [
        ...withoutFollowing(net.diagnostics, sourced[index]?.refused ?? []),
        ...(sourced[index]?.diagnostics ?? []),
      ],
    })),
  };
}
