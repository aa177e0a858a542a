import { attr } from '../emit/node-emitter.js';
import type { Builder } from '../ir/builder.js';
import type { OpDefinition, Value } from '../ir/graph.js';
import { type Shape, sizeAt } from '../ir/types.js';
import { pad, slice } from './axis-ops.js';
import { inputType, operand } from './operand.js';
import { reshape } from './shape-ops.js';

export interface StridedSliceAttributes {
  readonly begin: readonly number[];
  readonly size: Shape;
  readonly strides: readonly number[];
}

/** Every n-th entry of each axis, so many of them (TensorFlow: StridedSlice). */
export const stridedSlice: OpDefinition<StridedSliceAttributes> = {
  name: 'stridedSlice',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs, { size }) => [
    { dtype: inputType(inputs, 0).dtype, shape: size },
  ],
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    const { begin, strides } = op.attributes;
    const { shape } = operand(op, 0).type;
    const spread = spreadOut(builder, gradient, strides);
    const paddings = shape.map((extent, axis) => {
      const before = begin[axis] ?? 0;
      const room = extent - before - sizeAt(spread.type.shape, axis);
      return [before, Math.max(room, 0)] as const;
    });
    const padded = builder.apply(pad, [spread], { paddings, value: 0 });
    return [
      builder.apply(slice, [padded], {
        begin: shape.map(() => 0),
        size: shape,
      }),
    ];
  },
  evaluate: null,
  emit: (op, emitter) => {
    const { begin, size, strides } = op.attributes;
    const end = size.map(
      (count, axis) =>
        (begin[axis] ?? 0) + (count - 1) * (strides[axis] ?? 1) + 1,
    );
    return [
      emitter.node(
        'StridedSlice',
        [
          emitter.tensor(operand(op, 0)),
          emitter.integers(begin),
          emitter.integers(end),
          emitter.integers(strides),
        ],
        {
          T: attr.type(operand(op, 0).type.dtype),
          Index: attr.type('int32'),
          begin_mask: attr.int(0),
          end_mask: attr.int(0),
          ellipsis_mask: attr.int(0),
          new_axis_mask: attr.int(0),
          shrink_axis_mask: attr.int(0),
        },
      ),
    ];
  },
};

/**
 * Puts `strides[axis] - 1` zeros behind every entry but the last of an axis: what undoes
 * taking every n-th.
 */
export function spreadOut(
  builder: Builder,
  x: Value,
  strides: readonly number[],
): Value {
  if (strides.every((stride) => stride === 1)) return x;
  const { shape } = x.type;
  const paired = builder.apply(reshape, [x], {
    shape: shape.flatMap((size) => [size, 1]),
  });
  const padded = builder.apply(pad, [paired], {
    paddings: strides.flatMap((stride) => [
      [0, 0] as const,
      [0, stride - 1] as const,
    ]),
    value: 0,
  });
  const spread = builder.apply(reshape, [padded], {
    shape: shape.map((size, axis) => size * (strides[axis] ?? 1)),
  });
  return builder.apply(slice, [spread], {
    begin: shape.map(() => 0),
    size: shape.map((size, axis) => (size - 1) * (strides[axis] ?? 1) + 1),
  });
}

export interface ReverseAttributes {
  readonly axes: readonly number[];
}

/** The entries of some axes in reverse order (TensorFlow: ReverseV2). */
export const reverse: OpDefinition<ReverseAttributes> = {
  name: 'reverse',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs) => [inputType(inputs, 0)],
  gradient: (op, [gradient], builder) =>
    gradient === undefined
      ? []
      : [builder.apply(reverse, [gradient], op.attributes)],
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node(
      'ReverseV2',
      [emitter.tensor(operand(op, 0)), emitter.integers(op.attributes.axes)],
      { T: attr.type(operand(op, 0).type.dtype), Tidx: attr.type('int32') },
    ),
  ],
};
