import type { Source } from '../grammar/source.js';

import { type Diagnostic, invariant, isError } from './diagnostics.js';
import { emitSavedModel, type EmittedSavedModel } from './emit/saved-model.js';
import type { Graph } from './ir/graph.js';
import type { Shape } from './ir/types.js';
import { defaultSeed } from './lower.js';
import { lowerSolver } from './lower/lower-solver.js';
import type { Learnt } from './lower/solver/learnt.js';
import type { Net } from './net/net.js';
import {
  type Observer,
  type Pipeline,
  runPasses,
  training,
} from './passes/index.js';
import type { Precision } from './passes/precision.js';
import type { Message } from './schema/message.js';
import {
  netsOfSolver,
  type SolverNetOptions,
  type SolverNets,
} from './solver/nets-of-solver.js';
import {
  type SolverSettings,
  solverSettings,
} from './solver/solver-settings.js';
import { lossOfNet, statisticsUnderDecay } from './solver/training-notes.js';

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

/** A blob of the train net: everything that Caffe calls learnable, statistics too. */
export interface SolverParameter {
  readonly layer: string;
  readonly index: number;
  readonly variable: string;
  /** Caffe's. */
  readonly shape: Shape;
  /** The variable of its last update; only with `snapshot_diff`. */
  readonly update: string | undefined;
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
  readonly precision: Precision;
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

/** The nets of a solver where all of them are right. */
function setUpNets({ nets }: SolverNets): readonly Net[] | undefined {
  const found = nets.flatMap(({ net, diagnostics }) =>
    net === undefined || diagnostics.some(isError) ? [] : [net],
  );
  return found.length === nets.length && found.length > 0 ? found : undefined;
}

function modelOf(
  settings: SolverSettings,
  [train, ...tests]: readonly Net[],
  options: CompileSolverOptions,
): CompiledSolver {
  invariant(train !== undefined, 'a solver without a net to train');
  const isProtected = options.protectStatistics ?? false;
  const notes = [
    ...lossOfNet(train),
    ...(isProtected ? [] : statisticsUnderDecay(train, settings)),
  ];
  const lowered = lowerSolver({
    settings,
    train,
    tests,
    protectStatistics: isProtected,
    seed: options.seed ?? settings.randomSeed ?? defaultSeed,
    gradients: options.gradients ?? false,
  });
  const diagnostics = [...notes, ...lowered.diagnostics];
  if (lowered.graph === undefined || notes.some(isError)) {
    return { model: undefined, diagnostics };
  }
  options.observe?.('lower', lowered.graph);
  const { pipeline = training } = options;
  const graph = runPasses(pipeline, lowered.graph, options.observe);
  const precision = pipeline.precision ?? 'fp32';
  const savedModel = emitSavedModel(graph, { restores: false });
  const described = new Map(lowered.learnt.map((each) => [each, about(each)]));
  const parameters = [...described.values()];
  const history = Array.from(described, ([{ history: slots }, parameter]) =>
    slots.map(({ name }, slot) => ({ variable: name, parameter, slot })),
  )
    .flat()
    .toSorted((a, b) => a.slot - b.slot);
  return {
    model: {
      settings,
      train,
      tests,
      graph,
      precision,
      savedModel,
      parameters,
      history,
    },
    diagnostics,
  };
}

const about = ({ parameter, variable, update }: Learnt): SolverParameter => ({
  layer: parameter.layer,
  index: parameter.index,
  variable: variable.name,
  shape: parameter.spec.shape,
  update: update?.name,
});

/**
 * A solver and its nets as one SavedModel: text of the nets -> nets -> logical graph with
 * gradients and updates -> passes -> physical graph -> SavedModel. `resolve` gives the text
 * of a net's file, or undefined where there is none.
 */
export function compileSolver(
  solver: Message<'SolverParameter'>,
  resolve: (path: string) => Source | undefined,
  options: CompileSolverOptions = {},
): CompiledSolver {
  const read = solverSettings(solver);
  const built = netsOfSolver(solver, resolve, options);
  const diagnostics = [
    ...read.diagnostics,
    ...built.diagnostics,
    ...built.nets.flatMap((net) => net.diagnostics),
  ];
  const nets = setUpNets(built);
  if (read.settings === undefined || nets === undefined) {
    return { model: undefined, diagnostics };
  }
  const compiled = modelOf(read.settings, nets, options);
  return {
    model: compiled.model,
    diagnostics: [...diagnostics, ...compiled.diagnostics],
  };
}
