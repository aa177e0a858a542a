import {
  type Diagnostic,
  diagnostic,
  isError,
} from '../../compiler/diagnostics.js';
import {
  caffemodelLength,
  largestCaffemodel,
  writeCaffemodel,
} from '../../compiler/weights/caffemodel-writer.js';
import { writeSafetensors } from '../../compiler/weights/safetensors-writer.js';
import {
  numberedBlobs,
  type WeightFile,
  type WeightLayer,
} from '../../compiler/weights/weight-file.js';
import type { WeightForm } from '../../compiler/weights/weight-form.js';

import { replaceFile, writeFileAtomically } from '../atomic-write.js';
import { writeHdf5Weights } from './hdf5-weights.js';
import { writeNpzWeights } from './npz-weights.js';

/**
 * Writes weights in a form, all or nothing; with an error among the diagnostics nothing.
 * One blob is in memory at a time.
 */
export async function writeWeights(
  path: string,
  form: WeightForm,
  file: WeightFile,
): Promise<readonly Diagnostic[]> {
  if (form === 'caffemodel') {
    const problems = caffemodelProblems(path, file);
    if (problems.length > 0) return problems;
    await writeFileAtomically(path, writeCaffemodel(file));
    return [];
  }
  const { layers, diagnostics } = lastOfName(file.layers);
  const single = { ...file, layers };
  if (form === 'hdf5')
    return [...diagnostics, ...(await replaceHdf5(path, single))];
  await writeFileAtomically(
    path,
    form === 'npz' ? writeNpzWeights(single) : writeSafetensors(single),
  );
  return diagnostics;
}

/** Thrown through `replaceFile`, so that the file which stands there stays. */
class Refused extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super('refused');
    this.diagnostics = diagnostics;
  }
}

async function replaceHdf5(
  path: string,
  file: WeightFile,
): Promise<readonly Diagnostic[]> {
  let diagnostics: readonly Diagnostic[] = [];
  try {
    await replaceFile(path, (partial) => {
      diagnostics = writeHdf5Weights(partial, path, file);
      return diagnostics.some(isError)
        ? Promise.reject(new Refused(diagnostics))
        : Promise.resolve();
    });
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    return thrown.diagnostics;
  }
  return diagnostics;
}

function caffemodelProblems(
  path: string,
  file: WeightFile,
): readonly Diagnostic[] {
  const leftOut = file.layers.flatMap((layer) => {
    const numbers = numberedBlobs(layer).map(([number]) => number);
    const gap = numbers.findIndex((number, at) => number !== at);
    return gap < 0
      ? []
      : [diagnostic('weights/left-out-blob', { layer: layer.name, blob: gap })];
  });
  if (leftOut.length > 0) return leftOut;
  const bytes = caffemodelLength(file);
  return bytes > largestCaffemodel
    ? [diagnostic('weights/too-large', { file: path, bytes })]
    : [];
}

/** Of layers of one name Caffe takes the last; archives hold one. */
function lastOfName(all: readonly WeightLayer[]): {
  layers: readonly WeightLayer[];
  diagnostics: readonly Diagnostic[];
} {
  const last = new Map(all.map((layer) => [layer.name, layer]));
  const lost = all.filter(
    (layer) => last.get(layer.name) !== layer && layer.blobs.length > 0,
  );
  return {
    layers: all.filter((layer) => last.get(layer.name) === layer),
    diagnostics: lost.map(({ name }) =>
      diagnostic('weights/repeated-layer', { layer: name }),
    ),
  };
}
