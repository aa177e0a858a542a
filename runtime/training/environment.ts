import { availableParallelism, cpus } from 'node:os';

import type { SolverModel } from '../../compiler/compile-solver.js';
import { type Diagnostic, diagnostic } from '../../compiler/diagnostics.js';
import type { Precision } from '../../compiler/passes/precision.js';

import { hasGroupedConvolution } from '../graph-session.js';
import { tensorflowVersion } from '../native/versions.js';

/** What decides how and in which order sums are taken, and with it the last bits of results. */
export interface TrainingEnvironment {
  readonly precision: Precision;
  readonly threads: string;
  readonly oneDnn: string;
  readonly tensorflow: string;
  readonly processor: string;
}

const oneDnn = 'TF_ENABLE_ONEDNN_OPTS';

/**
 * What a training sets of TensorFlow's variables where the user has not: oneDNN rounds the
 * equal sums of a flat part of an image differently, so that another of two equal maxima gets
 * the gradient than in Caffe. Grouped convolutions and bfloat16 need it.
 */
export const trainingDefaults = (
  model: Pick<SolverModel, 'graph' | 'precision' | 'savedModel'>,
): Readonly<Record<string, string>> =>
  process.env[oneDnn] !== undefined ||
  model.precision === 'bf16' ||
  hasGroupedConvolution(model)
    ? {}
    : { [oneDnn]: '0' };

/** As it is once a session is open. */
export const trainingEnvironment = ({
  precision,
}: Pick<SolverModel, 'precision'>): TrainingEnvironment => {
  const { env } = process;
  return {
    precision,
    threads: env['TF_NUM_INTRAOP_THREADS'] ?? String(availableParallelism()),
    oneDnn: env[oneDnn] ?? 'as TensorFlow chooses',
    tensorflow: tensorflowVersion,
    processor: cpus()[0]?.model ?? 'unknown',
  };
};

const words: Readonly<Record<keyof TrainingEnvironment, string>> = {
  precision: '--precision',
  threads: 'the number of threads',
  oneDnn,
  tensorflow: 'the version of TensorFlow',
  processor: 'the processor',
};

/** As a snapshot has it: before there was a choice, all was computed in float32. */
export type RecordedEnvironment = Omit<TrainingEnvironment, 'precision'> &
  Partial<Pick<TrainingEnvironment, 'precision'>>;

/** A warning for each thing that was otherwise when the snapshot was written. */
export function environmentWarnings(
  written: RecordedEnvironment,
  now: TrainingEnvironment,
): readonly Diagnostic[] {
  const then: TrainingEnvironment = { precision: 'fp32', ...written };
  return (Object.keys(words) as (keyof TrainingEnvironment)[])
    .filter((key) => then[key] !== now[key])
    .map((key) =>
      diagnostic('solver/other-environment', {
        what: words[key],
        then: then[key],
        now: now[key],
      }),
    );
}
