import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { emitSavedModel } from '../compiler/emit/saved-model.js';
import { Builder, freshValue } from '../compiler/ir/builder.js';
import type { Graph, Variable } from '../compiler/ir/graph.js';
import { float32 } from '../compiler/ir/types.js';
import { slice } from '../compiler/ops/axis-ops.js';
import { readVariable } from '../compiler/ops/constant.js';
import { add, none } from '../compiler/ops/elementwise.js';
import { matMul } from '../compiler/ops/mat-mul.js';
import { fillStream } from '../compiler/weights/streams.js';

import type { Session, SessionThread } from '../runtime/session.js';

/** Products one after another, so that what goes in and out weighs little. */
const chain = 4;

/**
 * `(w + x) w w w w` of square matrices, of which one number is returned. `x` is fed, so that
 * nothing can be computed beforehand.
 */
function productGraph(size: number): Graph<'physical'> {
  const builder = new Builder({ layer: 'product' });
  const type = float32([size, size]);
  const weights: Variable = {
    name: 'w',
    type,
    source: { kind: 'parameter', layer: 'product', blob: 0 },
  };
  const x = freshValue(float32([1]));
  const w = builder.apply(readVariable, [], { variable: weights });
  let product = builder.apply(add, [w, x], none);
  for (let count = 0; count < chain; count++) {
    product = builder.apply(matMul, [product, w], {
      transposeA: false,
      transposeB: false,
    });
  }
  const corner = builder.apply(slice, [product], {
    begin: [0, 0],
    size: [1, 1],
  });
  const fed = freshValue(type);
  return {
    stage: 'physical',
    name: 'product',
    variables: [weights],
    functions: [
      {
        name: 'predict',
        inputs: [{ name: 'x', value: x }],
        ops: builder.ops,
        outputs: [{ name: 'corner', value: corner }],
        stores: [],
      },
      {
        name: 'assign',
        inputs: [{ name: 'w', value: fed }],
        ops: [],
        outputs: [],
        stores: [{ variable: weights, value: fed }],
      },
    ],
  };
}

export interface MatrixProduct {
  /** Multiply-accumulates of one run. */
  readonly macs: number;
  readonly run: () => Promise<unknown>;
  close(): Promise<void>;
}

/** Products of square matrices in a session like any net's: what the machine can do at best. */
export async function openMatrixProduct(
  thread: SessionThread,
  size: number,
): Promise<MatrixProduct> {
  const { bytes, graph } = emitSavedModel(productGraph(size), {
    restores: false,
  });
  const folder = await mkdtemp(join(tmpdir(), 'rancc-bench-'));
  let session: Session;
  try {
    await writeFile(join(folder, 'saved_model.pb'), bytes);
    session = await thread.load(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const [predict, assign] = graph.functions;
  const data = new Float32Array(size * size);
  const bound = Math.sqrt(3 / size);
  fillStream('w#0', data, -bound, bound);
  await session.run(
    [
      {
        name: assign?.inputs.get('w')?.tensor ?? '',
        tensor: { dtype: 'float32', shape: [size, size], data },
      },
    ],
    [assign?.done ?? ''],
  );
  const name = predict?.inputs.get('x')?.tensor ?? '';
  const corner = predict?.outputs.get('corner')?.tensor ?? '';
  const x = { dtype: 'float32', shape: [1], data: Float32Array.of(0) } as const;
  return {
    macs: chain * size ** 3,
    run: () => session.run([{ name, tensor: x }], [corner]),
    close: () => session.close(),
  };
}
