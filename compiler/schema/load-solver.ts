import type { Source } from '../../grammar/source.js';

import { type Diagnostic, isError } from '../diagnostics.js';
import type { DialectFound } from './dialect.js';
import { type LoadOptions, loadWhole } from './load-net.js';
import type { Message } from './message.js';
import { upgradeSolver } from './upgrade/upgrade-solver.js';

export interface LoadedSolver {
  /** In today's form; undefined where an error is among the diagnostics. */
  readonly solver: Message<'SolverParameter'> | undefined;
  readonly dialect: DialectFound;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a solver of any age. Nets inside it are left as they are, as in Caffe. */
export function loadSolver(
  source: Source,
  options: LoadOptions = {},
): LoadedSolver {
  const { message, dialect, diagnostics } = loadWhole(
    source,
    'SolverParameter',
    options,
  );
  if (diagnostics.some(isError)) {
    return { solver: undefined, dialect, diagnostics };
  }
  const upgraded = upgradeSolver(message);
  return {
    solver: upgraded.solver,
    dialect,
    diagnostics: [...diagnostics, ...upgraded.diagnostics],
  };
}
