import type { Source } from '../../grammar/source.js';

import type { Diagnostic } from '../../compiler/diagnostics.js';
import type { Shape } from '../../compiler/ir/types.js';
import type { Pipeline } from '../../compiler/passes/index.js';
import type { Message } from '../../compiler/schema/message.js';
import type { SolverNetOptions } from '../../compiler/solver/nets-of-solver.js';

import type { Interruption } from './interruption.js';
import type { TellTraining } from './training-event.js';

/** What a training is asked to be: the solver, and what the command line says beside it. */
export interface TrainingRequest {
  readonly solver: Message<'SolverParameter'>;
  /** Without a snapshot_prefix snapshots are called after it. */
  readonly solverFile: string;
  /** The text of a net's file, or undefined where there is none. */
  readonly resolve: (path: string) => Source | undefined;
  readonly nets: Omit<SolverNetOptions, 'inputShapes'>;
  /** By top of a data layer or input, instead of what its file says. */
  readonly inputShapes: ReadonlyMap<string, Shape>;
  /** Files to start from, instead of those of the solver. */
  readonly weights: readonly string[];
  /** A solver state to go on from; `auto`: the newest whole one there is. */
  readonly snapshot: string | undefined;
  /** Instead of the solver's `max_iter`, also where a rate depends on it. */
  readonly maxIterations: number | undefined;
  /** Data start at the first record, whatever is recorded beside the snapshot. */
  readonly restartData: boolean;
  readonly protectStatistics: boolean;
  /** What makes the graph: products in float32, or in bfloat16. */
  readonly pipeline: Pipeline;
  readonly workers: number | undefined;
  readonly skipBad: boolean;
  readonly interruption: Interruption;
  readonly tell: TellTraining;
  readonly report: (diagnostics: readonly Diagnostic[]) => void;
  /** Runs a part of the work under its name. */
  readonly stage: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}
