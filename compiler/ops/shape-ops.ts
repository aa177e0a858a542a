import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { ConstantTensor, OpDefinition } from '../ir/graph.js';
import {
  elementCount,
  sameShape,
  type Shape,
  shapeText,
  sizeAt,
} from '../ir/types.js';
import { inputType, operand } from './operand.js';

export interface ReshapeAttributes {
  readonly shape: Shape;
}

/** The same elements, in the same order, under other axes (TensorFlow: Reshape). */
export const reshape: OpDefinition<ReshapeAttributes> = {
  name: 'reshape',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs, { shape }) => {
    const x = inputType(inputs, 0);
    invariant(
      elementCount(x.shape) === elementCount(shape),
      `reshape of ${shapeText(x.shape)} to ${shapeText(shape)}`,
    );
    return [{ dtype: x.dtype, shape }];
  },
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    const { shape } = operand(op, 0).type;
    return [builder.apply(reshape, [gradient], { shape })];
  },
  evaluate: ([x], { shape }) => {
    invariant(x !== undefined, 'reshape lacks its input');
    return { type: { dtype: x.type.dtype, shape }, data: x.data };
  },
  emit: (op, emitter) => [
    emitter.node(
      'Reshape',
      [emitter.tensor(operand(op, 0)), emitter.integers(op.attributes.shape)],
      {
        T: attr.type(operand(op, 0).type.dtype),
        Tshape: attr.type('int32'),
      },
    ),
  ],
};

export interface TransposeAttributes {
  /** Axis i of the result is axis `permutation[i]` of the input. */
  readonly permutation: readonly number[];
}

export const permuteShape = (
  shape: Shape,
  permutation: readonly number[],
): Shape => permutation.map((axis) => sizeAt(shape, axis));

function transposeTensor(
  x: ConstantTensor,
  permutation: readonly number[],
): ConstantTensor {
  const shape = permuteShape(x.type.shape, permutation);
  const strides = x.type.shape.map((_, axis) =>
    elementCount(x.type.shape.slice(axis + 1)),
  );
  const data = x.data.slice();
  for (let flat = 0; flat < data.length; flat++) {
    let rest = flat;
    let from = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = sizeAt(shape, axis);
      from += (rest % size) * (strides[permutation[axis] ?? 0] ?? 0);
      rest = Math.floor(rest / size);
    }
    data[flat] = x.data[from] ?? 0;
  }
  return { type: { dtype: x.type.dtype, shape }, data };
}

/** Reorders the axes (TensorFlow: Transpose). */
export const transpose: OpDefinition<TransposeAttributes> = {
  name: 'transpose',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs, { permutation }) => {
    const x = inputType(inputs, 0);
    invariant(
      sameShape(
        permutation.toSorted((a, b) => a - b),
        x.shape.map((_, axis) => axis),
      ),
      `transpose of ${shapeText(x.shape)} by ${permutation.join()}`,
    );
    return [{ dtype: x.dtype, shape: permuteShape(x.shape, permutation) }];
  },
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    const { permutation } = op.attributes;
    const back = permutation.map((_, axis) => permutation.indexOf(axis));
    return [builder.apply(transpose, [gradient], { permutation: back })];
  },
  evaluate: ([x], { permutation }) => {
    invariant(x !== undefined, 'transpose lacks its input');
    return transposeTensor(x, permutation);
  },
  emit: (op, emitter) => [
    emitter.node(
      'Transpose',
      [
        emitter.tensor(operand(op, 0)),
        emitter.integers(op.attributes.permutation),
      ],
      { T: attr.type(operand(op, 0).type.dtype), Tperm: attr.type('int32') },
    ),
  ],
};
