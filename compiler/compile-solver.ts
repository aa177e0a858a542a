import type { Source } from '../grammar/source.js';

import type { Diagnostic } from './diagnostics.js';
import type { EmittedSavedModel } from './emit/saved-model.js';
import type { Graph } from './ir/graph.js';
import type { Shape } from './ir/types.js';
import type { Net } from './net/net.js';
import type { Observer, Pipeline } from './passes/index.js';
import type { Message } from './schema/message.js';
import type { SolverNetOptions } from './solver/nets-of-solver.js';
import type { SolverSettings } from './solver/solver-settings.js';

export interface CompileSolverOptions extends SolverNetOptions {
  /**
   * Leaves moving statistics to the forward passes: the solver neither learns nor decays
   * them. Without it weight decay acts on them, as in Caffe.
   */
  readonly protectStatistics?: boolean;
  /** Of fillers and random layers; default: the solver's `random_seed`. */
  readonly seed?: number;
  /** Adds the function `gradients`. */
  readonly gradients?: boolean;
  readonly pipeline?: Pipeline;
  /** Is shown the graph after lowering (`lower`) and after each pass. */
  readonly observe?: Observer;
}

/** A blob of the train net that a solver learns, or of a test net that the train net lacks. */
export interface SolverParameter {
  readonly layer: string;
  readonly index: number;
  readonly variable: string;
  readonly shape: Shape;
}

/** What the rule remembers of one parameter. */
export interface HistoryBlob {
  readonly variable: string;
  readonly parameter: SolverParameter;
  /** 1: the second round of AdaDelta (updates) and Adam (second moments). */
  readonly slot: number;
}

export interface SolverModel {
  readonly settings: SolverSettings;
  readonly train: Net;
  readonly tests: readonly Net[];
  readonly graph: Graph<'physical'>;
  readonly savedModel: EmittedSavedModel;
  /** Learnable parameters in Caffe's order; a shared one once, with its owner. */
  readonly parameters: readonly SolverParameter[];
  /** In the order of a solverstate: slot 0 of every parameter, then slot 1. */
  readonly history: readonly HistoryBlob[];
}

export interface CompiledSolver {
  /** undefined where an error is among the diagnostics. */
  readonly model: SolverModel | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export type CompileSolver = (
  solver: Message<'SolverParameter'>,
  resolve: (path: string) => Source | undefined,
  options?: CompileSolverOptions,
) => CompiledSolver;
