import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import type { SolverSettings } from './solver-settings.js';

/** One parameter's part of an update (ComputeUpdateValue of sgd_solvers.hpp). */
export interface RuleContext {
  readonly builder: Builder;
  readonly settings: SolverSettings;
  /**
   * The gradient with its decay, clipped and divided; a scalar 0 where there is none. All
   * shapes are the parameter's.
   */
  readonly gradient: Value;
  /** One value for each slot. */
  readonly history: readonly Value[];
  /** Scalar: the rate times the parameter's lr_mult. */
  readonly rate: Value;
  /** Scalar that Adam multiplies the rate by, by the number of the iteration. */
  readonly correction: Value;
}

export interface Updated {
  /** What is subtracted from the parameter. */
  readonly update: Value;
  /** What is remembered, for each slot. */
  readonly history: readonly Value[];
}

/** A way to change parameters. Floats are in the order of Caffe's own calls of BLAS. */
export interface UpdateRule {
  /** How many values are remembered for each number of a parameter. */
  readonly slots: 1 | 2;
  /** Whether `correction` plays a part. */
  readonly corrects: boolean;
  update(context: RuleContext): Updated;
}
