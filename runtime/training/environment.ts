import { availableParallelism, cpus } from 'node:os';

import { type Diagnostic, diagnostic } from '../../compiler/diagnostics.js';

import { tensorflowVersion } from '../native/versions.js';

/** What decides the order in which sums are taken, and with it the last bits of results. */
export interface TrainingEnvironment {
  readonly threads: string;
  readonly oneDnn: string;
  readonly tensorflow: string;
  readonly processor: string;
}

/** As it is once a session is open. */
export const trainingEnvironment = (): TrainingEnvironment => {
  const { env } = process;
  return {
    threads: env['TF_NUM_INTRAOP_THREADS'] ?? String(availableParallelism()),
    oneDnn: env['TF_ENABLE_ONEDNN_OPTS'] ?? 'as TensorFlow chooses',
    tensorflow: tensorflowVersion,
    processor: cpus()[0]?.model ?? 'unknown',
  };
};

const words: Readonly<Record<keyof TrainingEnvironment, string>> = {
  threads: 'the number of threads',
  oneDnn: 'TF_ENABLE_ONEDNN_OPTS',
  tensorflow: 'the version of TensorFlow',
  processor: 'the processor',
};

/** A warning for each thing that was otherwise when the snapshot was written. */
export const environmentWarnings = (
  then: TrainingEnvironment,
  now: TrainingEnvironment,
): readonly Diagnostic[] =>
  (Object.keys(words) as (keyof TrainingEnvironment)[])
    .filter((key) => then[key] !== now[key])
    .map((key) =>
      diagnostic('solver/other-environment', {
        what: words[key],
        then: then[key],
        now: now[key],
      }),
    );
