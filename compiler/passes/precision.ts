import {
  type Bfloat16Kernels,
  computeInBfloat16,
} from './compute-in-bfloat16.js';
import { eliminateDeadOps } from './eliminate-dead-ops.js';
import { hoistParameters } from './hoist-parameters.js';
import type { Pipeline } from './index.js';

/** What products are computed in; parameters and all else are float32 in either. */
export type Precision = 'fp32' | 'bf16';

export interface Bfloat16Options extends Bfloat16Kernels {
  /**
   * Whether parameters will become constants: their float32 values are read from the session
   * then, and TensorFlow rounds them when it loads the graph. Default: no.
   */
  readonly frozen?: boolean;
}

/**
 * A pipeline that computes products in bfloat16. It does so after all that folds and merges;
 * rounded parameters are hoisted like whatever depends on parameters alone.
 */
export function inBfloat16(
  pipeline: Pipeline,
  { frozen = false, ...kernels }: Bfloat16Options,
): Pipeline {
  const { physical } = pipeline;
  const hoisting = physical.findIndex(
    ({ name }) => name === hoistParameters.name,
  );
  const place = frozen || hoisting === -1 ? physical.length : hoisting;
  return {
    ...pipeline,
    precision: 'bf16',
    physical: physical.toSpliced(
      place,
      0,
      computeInBfloat16(kernels),
      eliminateDeadOps(),
    ),
  };
}
