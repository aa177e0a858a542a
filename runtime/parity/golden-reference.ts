import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { diagnostic } from '../../compiler/diagnostics.js';
import type { Blob, Net } from '../../compiler/net/net.js';
import type { Golden, GoldenLayer } from '../../compiler/weights/golden.js';
import {
  compareProbabilities,
  compareWithGolden,
  type Computed,
  defaultTolerance,
} from '../../compiler/weights/golden-compare.js';
import { synthesizeInput } from '../../compiler/weights/synthesize.js';

import { readNpy } from '../arrays/npy.js';
import type { Tensor } from '../tensor.js';
import type { Distance, OpenedReference, Reference } from './reference.js';

const computedOf = ({ shape, data }: Tensor): Computed => ({
  shape,
  data: data as Float32Array,
});

/** The golden's input: made by its formula, or read from the file beside it. */
function goldenInput(
  golden: Golden,
  folder: string,
): { readonly tensor?: Tensor; readonly problem?: string } {
  const { input } = golden;
  if (input.from === 'stream') {
    const { shape } = input;
    const data = synthesizeInput(input.stream, shape, input.range).read();
    return { tensor: { dtype: 'float32', shape, data } };
  }
  const path = resolve(folder, input.path);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    return { problem: `its input ${path} cannot be read` };
  }
  const { value, diagnostics } = readNpy(path, bytes);
  const [first] = diagnostics;
  return value === undefined
    ? { problem: first?.message ?? `its input ${path} cannot be read` }
    : { tensor: { dtype: 'float32', ...value } };
}

/**
 * A golden JSON as a reference. The net's only input is fed with the golden's, whatever it is
 * called. It holds statistics and samples of each top, not whole values.
 */
export function goldenReference(
  golden: Golden,
  folder: string,
  tolerance = defaultTolerance,
): (net: Net) => OpenedReference {
  return (net) => {
    const refused = (problem: string): OpenedReference => ({
      reference: undefined,
      diagnostics: [
        diagnostic('weights/bad-golden', { file: golden.name, problem }),
      ],
    });
    const [input, ...others] = net.inputs;
    if (input === undefined || others.length > 0) {
      return refused(`it feeds one input; the net has ${net.inputs.length}`);
    }
    const { tensor, problem } = goldenInput(golden, folder);
    if (tensor === undefined) return refused(problem ?? 'it has no input');
    const layers = new Map<string, GoldenLayer>(
      golden.layers.map((layer) => [`${layer.name}\n${layer.top}`, layer]),
    );
    const layerOf = ({ producer, name }: Blob): GoldenLayer | undefined =>
      layers.get(`${producer}\n${name}`);
    const reference: Reference = {
      inputShapes: new Map([[input.name, tensor.shape]]),
      inputs: new Map([[input.name, tensor]]),
      shapeOf: (blob) => layerOf(blob)?.shape,
      compareTop: (blob, computed) => {
        const layer = layerOf(blob);
        return layer === undefined
          ? undefined
          : compareWithGolden(
              computedOf(computed),
              layer,
              golden.format,
              tolerance,
            );
      },
      compareOutput: (name, computed): Distance | undefined => {
        const { probabilities, outputs } = golden;
        const output = outputs.find((each) => each.name === name);
        if (output !== undefined) {
          return compareWithGolden(
            computedOf(computed),
            output,
            golden.format,
            tolerance,
          );
        }
        return probabilities?.blob !== name
          ? undefined
          : compareProbabilities(
              computedOf(computed),
              probabilities,
              tolerance,
            );
      },
      valuesOf: () => undefined,
    };
    return { reference, diagnostics: [] };
  };
}
