import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { Source } from '../grammar/source.js';

import {
  compile,
  type CompileOptions,
  type Model,
} from '../compiler/compile.js';
import { invariant, isError } from '../compiler/diagnostics.js';
import { elementCount } from '../compiler/ir/types.js';
import { type FittedWeights, fitWeights } from '../compiler/weights/fit.js';
import { fillStream } from '../compiler/weights/streams.js';
import {
  type FormulaRanges,
  synthesize,
} from '../compiler/weights/synthesize.js';
import type { WeightFile } from '../compiler/weights/weight-file.js';

import type { Tensor } from '../runtime/session.js';

const root = new URL('../', import.meta.url);

/** A prototxt of prototxts/: `imagenet/Attention-56`. */
export function readDeploy(net: string): Source {
  const path = fileURLToPath(new URL(`prototxts/${net}/deploy.prototxt`, root));
  return { name: path, text: readFileSync(path, 'utf8') };
}

export function compileOrThrow(
  source: Source,
  options: CompileOptions = {},
): Model {
  const { model, diagnostics } = compile(source, options);
  const [first] = diagnostics.filter(isError);
  invariant(model !== undefined, first?.message ?? `${source.name} is refused`);
  return model;
}

/** Numbers that stay of one size through a deep net: neither zeros nor overflows. */
const ranges: FormulaRanges = {
  conv_gain: 2,
  fc_gain: 1,
  bias: [-0.1, 0.1],
  bn_slope: [0.5, 1],
  bn_bias: [-0.1, 0.1],
  bn_mean: [-0.1, 0.1],
  bn_inv_std: [0.5, 1],
  input: [-1, 1],
};

/** A weight file for the net that was never written: its values are made when read. */
export function madeWeights({ net }: Model): WeightFile {
  const { file, diagnostics } = synthesize(
    net.name,
    net.layers.map(({ name, type, parameters }) => ({
      name,
      type,
      shapes: parameters.map(({ spec }) => spec.shape),
    })),
    ranges,
  );
  invariant(diagnostics.length === 0, 'the formula does not fill the net');
  return file;
}

export const fittedWeights = (model: Model): FittedWeights =>
  fitWeights(model.net, [madeWeights(model)]);

export function madeInputs({ net }: Model): ReadonlyMap<string, Tensor> {
  return new Map(
    net.inputs.map(({ name, shape = [] }): [string, Tensor] => {
      const data = new Float32Array(elementCount(shape));
      fillStream(`${name}#0`, data, -1, 1);
      return [name, { dtype: 'float32', shape, data }];
    }),
  );
}
