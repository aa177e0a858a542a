import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { emitSavedModel } from '../../compiler/emit/saved-model.js';
import { Builder, freshValue } from '../../compiler/ir/builder.js';
import type { Graph, Named, Value } from '../../compiler/ir/graph.js';
import { float32, type Shape, shapeText } from '../../compiler/ir/types.js';
import { verify } from '../../compiler/ir/verify.js';

import {
  type SessionThread,
  startSessionThread,
} from '../../runtime/session.js';
import type { Tensor } from '../../runtime/tensor.js';

let thread: Promise<SessionThread> | undefined;

/** One thread for the tests of all ops; it ends with the process. */
export const sharedThread = (): Promise<SessionThread> =>
  (thread ??= startSessionThread());

/** What is fed: a shape and its values. */
export interface Fed {
  readonly shape: Shape;
  readonly data: readonly number[] | Float32Array;
}

/** A result as TensorFlow gives it. */
export interface Computed {
  readonly shape: string;
  readonly data: readonly number[];
}

const tensorOf = ({ shape, data }: Fed): Tensor => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from(data),
});

/** A physical graph with one function, of the ops that `build` makes. */
export function graphOf(
  inputs: readonly Shape[],
  build: (builder: Builder, inputs: readonly Value[]) => readonly Value[],
): Graph<'physical'> {
  const builder = new Builder({ layer: 'op' });
  const named = inputs.map((shape, index): Named => ({
    name: `x${index}`,
    value: freshValue(float32(shape)),
  }));
  const values = build(
    builder,
    named.map(({ value }) => value),
  );
  const outputs = values.map((value, index) => ({ name: `y${index}`, value }));
  const graph: Graph<'physical'> = {
    stage: 'physical',
    name: 'ops',
    variables: [],
    functions: [
      { name: 'predict', inputs: named, ops: builder.ops, outputs, stores: [] },
    ],
  };
  verify(graph, 'as built');
  return graph;
}

/**
 * Runs ops in TensorFlow and gives their results; fails where a result has another shape
 * than the op's rule says.
 */
export async function runOps(
  inputs: readonly Fed[],
  build: (builder: Builder, inputs: readonly Value[]) => readonly Value[],
): Promise<readonly Computed[]> {
  const graph = graphOf(
    inputs.map(({ shape }) => shape),
    build,
  );
  const folder = await mkdtemp(join(tmpdir(), 'rancc-ops-'));
  try {
    const { bytes, graph: emitted } = emitSavedModel(graph, {
      restores: false,
    });
    await writeFile(join(folder, 'saved_model.pb'), bytes);
    const session = await (await sharedThread()).load(folder);
    const [predict] = emitted.functions;
    const feeds = Array.from(predict?.inputs.values() ?? []).map(
      ({ tensor }, index) => ({
        name: tensor,
        tensor: tensorOf(inputs[index] ?? { shape: [], data: [] }),
      }),
    );
    const outputs = Array.from(predict?.outputs.values() ?? []);
    const results = await session.run(
      feeds,
      outputs.map(({ tensor }) => tensor),
    );
    await session.close();
    return results.map(({ shape, data }, index) => {
      const [found, said] = [
        shapeText(shape),
        shapeText(outputs[index]?.type.shape ?? []),
      ];
      if (found !== said) throw new Error(`gives ${found}, and says ${said}`);
      return { shape: found, data: [...(data as Float32Array)] };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
