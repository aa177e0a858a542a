import { type Diagnostic, isError } from '../compiler/diagnostics.js';
import type { Net } from '../compiler/net/net.js';
import { type FittedWeights, fitWeights } from '../compiler/weights/fit.js';
import type { WeightFile } from '../compiler/weights/weight-file.js';

import { openWeightFile } from '../runtime/weights/open-weights.js';

import { requireFile } from './files.js';

/** Weight files that are open until their values have been read. */
export interface OpenWeights {
  readonly paths: readonly string[];
  /** Empty where one of them was refused. */
  readonly files: readonly WeightFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** The values of the net's parameters, with what is to say of the files. */
  readonly fit: (net: Net) => FittedWeights;
  readonly close: () => void;
}

/** Indexes weight files; their values are read when they are assigned. */
export function openWeights(paths: readonly string[]): OpenWeights {
  paths.forEach(requireFile);
  const read = paths.map(openWeightFile);
  const diagnostics = read.flatMap((each) => each.diagnostics);
  const files = diagnostics.some(isError)
    ? []
    : read.flatMap(({ file }) => (file === undefined ? [] : [file]));
  return {
    paths,
    files,
    diagnostics,
    fit: (net) => {
      if (diagnostics.some(isError)) {
        return { blobs: [], missing: [], unused: [], diagnostics };
      }
      const fitted = fitWeights(net, files);
      return {
        ...fitted,
        diagnostics: [...diagnostics, ...fitted.diagnostics],
      };
    },
    close: () => {
      for (const { close } of read) close();
    },
  };
}
