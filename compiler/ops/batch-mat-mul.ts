import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { sameShape, shapeText, sizeAt } from '../ir/types.js';
import { type MatMulAttributes, productGradient } from './mat-mul.js';
import { inputType, operand } from './operand.js';

/**
 * Products of the matrices in the last two axes, one for each entry of the axes before, which
 * agree (TensorFlow: BatchMatMulV2).
 */
export const batchMatMul: OpDefinition<MatMulAttributes> = {
  name: 'batchMatMul',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs, { transposeA, transposeB }) => {
    const a = inputType(inputs, 0);
    const b = inputType(inputs, 1);
    const rank = a.shape.length;
    const [inner, rows] = transposeA
      ? [rank - 2, rank - 1]
      : [rank - 1, rank - 2];
    const [shared, columns] = transposeB
      ? [rank - 1, rank - 2]
      : [rank - 2, rank - 1];
    invariant(
      rank === b.shape.length &&
        rank >= 2 &&
        sameShape(a.shape.slice(0, -2), b.shape.slice(0, -2)) &&
        sizeAt(a.shape, inner) === sizeAt(b.shape, shared),
      `batchMatMul of ${shapeText(a.shape)} and ${shapeText(b.shape)}`,
    );
    return [
      {
        dtype: a.dtype,
        shape: [
          ...a.shape.slice(0, -2),
          sizeAt(a.shape, rows),
          sizeAt(b.shape, columns),
        ],
      },
    ];
  },
  gradient: productGradient(() => batchMatMul),
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node(
      'BatchMatMulV2',
      [emitter.tensor(operand(op, 0)), emitter.tensor(operand(op, 1))],
      {
        T: attr.type(operand(op, 0).type.dtype),
        adj_x: attr.bool(op.attributes.transposeA),
        adj_y: attr.bool(op.attributes.transposeB),
      },
    ),
  ],
};
