import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { float32, type Shape, shapeText, sizeAt } from '../ir/types.js';
import { axisWent } from './axis-order.js';
import { inputType, operand } from './operand.js';

export interface ConcatAttributes {
  readonly axis: number;
}

/** Reorders a list that has one entry for each axis. */
const reorder = <T>(perAxis: readonly T[], axisOf: readonly number[]): T[] => {
  const result = [...perAxis];
  perAxis.forEach((entry, axis) => {
    result[axisWent(axisOf, axis)] = entry;
  });
  return result;
};

/** Joins two or more tensors along one axis (TensorFlow: ConcatV2). */
export const concat: OpDefinition<ConcatAttributes> = {
  name: 'concat',
  stages: ['logical', 'physical'],
  layout: {
    kind: 'axes',
    permute: ({ axis }, axisOf) => ({ axis: axisWent(axisOf, axis) }),
  },
  infer: (inputs, { axis }) => {
    const first = inputType(inputs, 0);
    invariant(inputs.length > 1, 'concat of one tensor');
    let size = 0;
    for (const { shape } of inputs) {
      invariant(
        shape.length === first.shape.length &&
          shape.every((s, at) => at === axis || s === first.shape[at]),
        `concat of ${shapeText(first.shape)} and ${shapeText(shape)} along ${axis}`,
      );
      size += sizeAt(shape, axis);
    }
    return [{ dtype: first.dtype, shape: first.shape.with(axis, size) }];
  },
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    const { axis } = op.attributes;
    let start = 0;
    return op.inputs.map(({ type }) => {
      const begin = type.shape.map((_, at) => (at === axis ? start : 0));
      start += sizeAt(type.shape, axis);
      return builder.apply(slice, [gradient], { begin, size: type.shape });
    });
  },
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node(
      'ConcatV2',
      [
        ...op.inputs.map((input) => emitter.tensor(input)),
        emitter.integers([op.attributes.axis], []),
      ],
      {
        N: attr.int(op.inputs.length),
        T: attr.type(operand(op, 0).type.dtype),
        Tidx: attr.type('int32'),
      },
    ),
  ],
};

export interface SliceAttributes {
  readonly begin: readonly number[];
  readonly size: Shape;
}

/** A box of the tensor (TensorFlow: Slice). */
export const slice: OpDefinition<SliceAttributes> = {
  name: 'slice',
  stages: ['logical', 'physical'],
  layout: {
    kind: 'axes',
    permute: ({ begin, size }, axisOf) => ({
      begin: reorder(begin, axisOf),
      size: reorder(size, axisOf),
    }),
  },
  infer: (inputs, { begin, size }) => {
    const x = inputType(inputs, 0);
    invariant(
      x.shape.every(
        (extent, axis) => sizeAt(begin, axis) + sizeAt(size, axis) <= extent,
      ),
      `slice ${shapeText(size)} at ${begin.join()} of ${shapeText(x.shape)}`,
    );
    return [{ dtype: x.dtype, shape: size }];
  },
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    const { begin, size } = op.attributes;
    const paddings = operand(op, 0).type.shape.map((extent, axis) => {
      const before = begin[axis] ?? 0;
      return [before, extent - before - (size[axis] ?? 0)] as const;
    });
    return [builder.apply(pad, [gradient], { paddings, value: 0 })];
  },
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node(
      'Slice',
      [
        emitter.tensor(operand(op, 0)),
        emitter.integers(op.attributes.begin),
        emitter.integers(op.attributes.size),
      ],
      { T: attr.type(operand(op, 0).type.dtype), Index: attr.type('int32') },
    ),
  ],
};

export interface PadAttributes {
  /** For each axis: how many to put before and after. */
  readonly paddings: readonly (readonly [number, number])[];
  readonly value: number;
}

/** Surrounds the tensor with a constant (TensorFlow: Pad, PadV2). */
export const pad: OpDefinition<PadAttributes> = {
  name: 'pad',
  stages: ['logical', 'physical'],
  layout: {
    kind: 'axes',
    permute: ({ paddings, value }, axisOf) => ({
      paddings: reorder(paddings, axisOf),
      value,
    }),
  },
  infer: (inputs, { paddings }) => {
    const x = inputType(inputs, 0);
    return [
      {
        dtype: x.dtype,
        shape: x.shape.map((size, axis) => {
          const [before, after] = paddings[axis] ?? [0, 0];
          return size + before + after;
        }),
      },
    ];
  },
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    return [
      builder.apply(slice, [gradient], {
        begin: op.attributes.paddings.map(([before]) => before),
        size: operand(op, 0).type.shape,
      }),
    ];
  },
  evaluate: null,
  emit: (op, emitter) => {
    const { paddings, value } = op.attributes;
    const x = operand(op, 0);
    const places = emitter.integers(paddings.flat(), [paddings.length, 2]);
    const types = {
      T: attr.type(x.type.dtype),
      Tpaddings: attr.type('int32'),
    };
    if (value === 0) {
      return [emitter.node('Pad', [emitter.tensor(x), places], types)];
    }
    const filling = emitter.constant({
      type: float32([]),
      data: Float32Array.of(value),
    });
    return [emitter.node('PadV2', [emitter.tensor(x), places, filling], types)];
  },
};
