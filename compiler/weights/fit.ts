import type { Diagnostic } from '../diagnostics.js';
import type { Net, Parameter } from '../net/net.js';
import {
  matchWeights,
  type TargetParameter,
  type UnusedLayer,
} from './match.js';
import type { WeightBlob, WeightFile } from './weight-file.js';

/** A blob of a file and the variable that takes its values. */
export interface FittedBlob {
  readonly variable: string;
  readonly blob: WeightBlob;
}

export interface FittedWeights {
  /** Empty when there is an error among the diagnostics. */
  readonly blobs: readonly FittedBlob[];
  /** Layers with parameters that no file has: they keep their fillers' values. */
  readonly missing: readonly string[];
  readonly unused: readonly UnusedLayer[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds the values of the net's parameters in the files. Files repeat a shared parameter
 * under each of its layers; the last one counts, as in Caffe.
 */
export function fitWeights(
  net: Net,
  files: readonly WeightFile[],
): FittedWeights {
  const parameterOf = new Map<TargetParameter, Parameter>();
  const targets = net.layers.map(({ name, type, message, parameters }) => ({
    name,
    type,
    span: message.span,
    parameters: parameters.map((parameter) => {
      const target = {
        layer: name,
        index: parameter.index,
        shape: parameter.spec.shape,
        shared: parameter.owner !== undefined,
        span: message.span,
      };
      parameterOf.set(target, parameter);
      return target;
    }),
  }));
  const matched = matchWeights(files, targets);
  const blobs = new Map<string, WeightBlob>();
  for (const { target, blob } of matched.assignments) {
    const parameter = parameterOf.get(target);
    if (parameter === undefined) continue;
    blobs.set((parameter.owner ?? parameter).variable, blob);
  }
  return {
    blobs: Array.from(blobs, ([variable, blob]) => ({ variable, blob })),
    missing: matched.missing,
    unused: matched.unused,
    diagnostics: matched.diagnostics,
  };
}
