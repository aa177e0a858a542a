import { compile } from '../../compiler/compile.js';
import type { Builder } from '../../compiler/ir/builder.js';
import type { Value } from '../../compiler/ir/graph.js';
import { elementCount, type Shape } from '../../compiler/ir/types.js';
import type { Layer } from '../../compiler/net/net.js';
import { readNet, type ReadOptions } from '../../compiler/read-net.js';

import { openEvaluatorIn, parametersOf } from '../../runtime/evaluator.js';

import { numbers } from './numbers.js';
import { type OneLayer, oneLayerText } from './one-layer.js';
import { sharedThread } from './run-ops.js';

/** A layer and what it is fed; without parameters they keep what their fillers give. */
export interface FedLayer extends OneLayer {
  readonly inputs: readonly (readonly number[] | Float32Array)[];
  readonly parameters?: readonly (readonly number[])[];
}

/** What a top holds. */
export interface TopFound {
  readonly shape: Shape;
  readonly data: readonly number[];
}

/** Made-up numbers for the bottoms of a layer. */
export const madeUp = (layer: OneLayer): readonly Float32Array[] =>
  layer.bottoms.map((shape, at) => numbers(elementCount(shape), at + 1));

/** The tops of a layer, compiled as `rancc run` compiles it and run in TensorFlow. */
export async function runLayer(
  layer: FedLayer,
  options: ReadOptions = {},
): Promise<readonly TopFound[]> {
  const source = { name: 'net.prototxt', text: oneLayerText(layer) };
  const { model, diagnostics } = compile(source, options);
  if (model === undefined) {
    throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  }
  const evaluator = await openEvaluatorIn(await sharedThread(), model);
  try {
    await evaluator.initialize();
    const { parameters = [] } = layer;
    await evaluator.assign(
      parametersOf(model)
        .slice(0, parameters.length)
        .map(({ name, type: { shape } }, at) => {
          const count = elementCount(shape);
          const read = () => Float32Array.from(parameters[at] ?? []);
          const blob = { shape, storedAs: 'shape' as const, count, read };
          return { variable: name, blob };
        }),
    );
    const tops = await evaluator.predict(
      new Map(
        layer.bottoms.map((shape, at) => {
          const data = Float32Array.from(layer.inputs[at] ?? []);
          return [`x${at}`, { dtype: 'float32' as const, shape, data }];
        }),
      ),
    );
    return (layer.tops ?? ['y']).map((top) => {
      const found = tops.get(top);
      if (found === undefined) throw new Error(`no top ${top}`);
      return {
        shape: found.shape,
        data: [...(found.data as Float32Array)],
      };
    });
  } finally {
    await evaluator.close();
  }
}

/** The ops of a layer, for a check of gradients: its bottoms come first, then its parameters. */
export function layerToCheck(
  layer: OneLayer,
  options: ReadOptions = {},
): {
  readonly inputs: readonly Shape[];
  readonly build: (
    builder: Builder,
    values: readonly Value[],
  ) => readonly Value[];
} {
  const source = { name: 'net.prototxt', text: oneLayerText(layer) };
  const { net, diagnostics } = readNet(source, options);
  const found: Layer | undefined = net?.layers.at(-1);
  const setUp = found?.setUp;
  if (setUp === undefined) {
    throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  }
  const bottoms = layer.bottoms.length;
  const unused = (): never => {
    throw new Error('the layer keeps or draws something');
  };
  return {
    inputs: [
      ...layer.bottoms,
      ...(setUp.parameters ?? []).map(({ shape }) => shape),
    ],
    build: (builder, values) =>
      setUp.lower({
        builder,
        bottoms: values.slice(0, bottoms),
        parameters: values.slice(bottoms),
        update: unused,
        state: unused,
        random: unused,
        randomNormal: unused,
      }),
  };
}
