import type { SolverModel } from '../../compiler/compile-solver.js';
import type { FittedBlob } from '../../compiler/weights/fit.js';

import type { Tensor } from '../tensor.js';

/** What one pass of a net came to. */
export interface PassResult {
  /** The sum of the net's losses, each times its weight. */
  readonly loss: number;
  /** The net's outputs, by blob. */
  readonly outputs: ReadonlyMap<string, Tensor>;
}

export interface StepResult extends PassResult {
  /**
   * The L2 norm of all gradients, summed over the passes of the iteration, before clipping;
   * undefined where the solver does not clip.
   */
  readonly gradientNorm: number | undefined;
}

/** What a pass of the train net takes beside its inputs. */
export interface PassOptions {
  /** From 0 on, through all iterations and their passes: random layers draw by it. */
  readonly pass: number;
}

export interface StepOptions extends PassOptions {
  /** The iteration, counted from 0. */
  readonly iteration: number;
  readonly rate: number;
}

/**
 * A solver and its nets in a session of TensorFlow: parameters, history and statistics stay
 * in it. Tensors are in Caffe's order of axes; inputs are by top of the net's data layers.
 * Calls are answered one after another. A failure names the layer (`LayerFailure`).
 */
export interface SolverSession {
  /** Fillers' values for every parameter; zeros for history and sums. Comes before all else. */
  initialize(): Promise<void>;
  /** Gives parameters their values, by the name of the variable. */
  assign(
    assignments: readonly FittedBlob[],
    progress?: (done: number, total: number) => void,
  ): Promise<void>;
  /** A pass of an iteration that is not its last one: its gradients are summed up. */
  accumulate(
    inputs: ReadonlyMap<string, Tensor>,
    options: PassOptions,
  ): Promise<PassResult>;
  /** The last (or only) pass of an iteration, and the update. */
  step(
    inputs: ReadonlyMap<string, Tensor>,
    options: StepOptions,
  ): Promise<StepResult>;
  /** A forward pass of the train net without an update; moving statistics move. */
  forward(
    inputs: ReadonlyMap<string, Tensor>,
    options: PassOptions,
  ): Promise<PassResult>;
  /** A forward pass of test net number `index`. */
  test(index: number, inputs: ReadonlyMap<string, Tensor>): Promise<PassResult>;
  /**
   * The gradients of one pass in Caffe's shapes, by variable; nothing is changed. Only where
   * the model was compiled with `gradients`.
   */
  gradients(
    inputs: ReadonlyMap<string, Tensor>,
    options: PassOptions,
  ): Promise<ReadonlyMap<string, Tensor>>;
  /** Every parameter in Caffe's shape, by variable (`SolverModel.parameters`). */
  read(): Promise<ReadonlyMap<string, Tensor>>;
  /** What the rule remembers, in Caffe's shapes, by variable (`SolverModel.history`). */
  readHistory(): Promise<ReadonlyMap<string, Tensor>>;
  /** Gives history its values, from a snapshot. */
  assignHistory(history: ReadonlyMap<string, Float32Array>): Promise<void>;
  /** The last update of each parameter, by the parameter's variable (`snapshot_diff`). */
  readUpdates(): Promise<ReadonlyMap<string, Tensor>>;
  close(): Promise<void>;
}

export type OpenSolverSession = (
  model: SolverModel,
  environment?: Readonly<Record<string, string>>,
) => Promise<SolverSession>;
