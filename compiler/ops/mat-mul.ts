import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition, Value } from '../ir/graph.js';
import { shapeText, sizeAt } from '../ir/types.js';
import { inputType, operand } from './operand.js';

export interface MatMulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** The product of two matrices (TensorFlow: MatMul). */
export const matMul: OpDefinition<MatMulAttributes> = {
  name: 'matMul',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs, { transposeA, transposeB }) => {
    const a = inputType(inputs, 0);
    const b = inputType(inputs, 1);
    invariant(
      a.shape.length === 2 &&
        b.shape.length === 2 &&
        sizeAt(a.shape, transposeA ? 0 : 1) ===
          sizeAt(b.shape, transposeB ? 1 : 0),
      `matMul of ${shapeText(a.shape)} and ${shapeText(b.shape)}`,
    );
    return [
      {
        dtype: a.dtype,
        shape: [
          sizeAt(a.shape, transposeA ? 1 : 0),
          sizeAt(b.shape, transposeB ? 0 : 1),
        ],
      },
    ];
  },
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    const { transposeA, transposeB } = op.attributes;
    const a = operand(op, 0);
    const b = operand(op, 1);
    const product = (
      left: Value,
      right: Value,
      flipLeft: boolean,
      flipRight: boolean,
    ): Value =>
      builder.apply(matMul, [left, right], {
        transposeA: flipLeft,
        transposeB: flipRight,
      });
    return [
      transposeA
        ? product(b, gradient, transposeB, true)
        : product(gradient, b, false, !transposeB),
      transposeB
        ? product(gradient, a, true, transposeA)
        : product(a, gradient, !transposeA, false),
    ];
  },
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node(
      'MatMul',
      [emitter.tensor(operand(op, 0)), emitter.tensor(operand(op, 1))],
      {
        T: attr.type('float32'),
        transpose_a: attr.bool(op.attributes.transposeA),
        transpose_b: attr.bool(op.attributes.transposeB),
      },
    ),
  ],
};
