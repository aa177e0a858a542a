import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { GradientRule, OpDefinition, Value } from '../ir/graph.js';
import { shapeText, sizeAt } from '../ir/types.js';
import { inputType, operand } from './operand.js';

export interface MatMulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/**
 * The gradients of a product of matrices, which are such products too: for C = A B they are
 * dC B^T and A^T dC, with the factors in the other order where they were transposed.
 */
export const productGradient =
  (
    product: () => OpDefinition<MatMulAttributes>,
  ): GradientRule<MatMulAttributes> =>
  (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    const { transposeA, transposeB } = op.attributes;
    const a = operand(op, 0);
    const b = operand(op, 1);
    const times = (
      left: Value,
      right: Value,
      flipLeft: boolean,
      flipRight: boolean,
    ): Value =>
      builder.apply(product(), [left, right], {
        transposeA: flipLeft,
        transposeB: flipRight,
      });
    return [
      transposeA
        ? times(b, gradient, transposeB, true)
        : times(gradient, b, false, !transposeB),
      transposeB
        ? times(gradient, a, true, transposeA)
        : times(a, gradient, !transposeA, false),
    ];
  };

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
  gradient: productGradient(() => matMul),
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node(
      'MatMul',
      [emitter.tensor(operand(op, 0)), emitter.tensor(operand(op, 1))],
      {
        T: attr.type(operand(op, 0).type.dtype),
        transpose_a: attr.bool(op.attributes.transposeA),
        transpose_b: attr.bool(op.attributes.transposeB),
      },
    ),
  ],
};
