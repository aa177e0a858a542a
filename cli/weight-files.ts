import { type Diagnostic, isError } from '../compiler/diagnostics.js';
import type { Net } from '../compiler/net/net.js';
import { readCaffemodel } from '../compiler/weights/caffemodel-reader.js';
import { type FittedWeights, fitWeights } from '../compiler/weights/fit.js';
import type { WeightFile } from '../compiler/weights/weight-file.js';

import { openFile } from '../runtime/file-source.js';

import { requireFile } from './files.js';
import { notYet } from './usage-error.js';

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

const others = /\.(h5|hdf5|npz|npy|safetensors)$/i;

/** Looks that files are there and of a kind that is read. */
function requireCaffemodel(path: string): void {
  const [ending] = others.exec(path) ?? [];
  if (ending !== undefined) {
    throw notYet(`reading weights from ${ending} files`, 'give a .caffemodel');
  }
  requireFile(path);
}

/** Indexes weight files; their values are read when they are assigned. */
export function openWeights(paths: readonly string[]): OpenWeights {
  paths.forEach(requireCaffemodel);
  const sources = paths.map(openFile);
  const read = sources.map(readCaffemodel);
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
      for (const source of sources) source.close();
    },
  };
}
