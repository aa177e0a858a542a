import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { float32, type Shape, shapeText, sizeAt } from '../ir/types.js';
import { inputType, operand } from './operand.js';

export interface ConcatAttributes {
  readonly axis: number;
}

const axisWent = (axisOf: readonly number[], axis: number): number => {
  const place = axisOf[axis];
  invariant(place !== undefined, `axis ${axis} has no place`);
  return place;
};

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
  gradient: null,
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
  gradient: null,
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
  gradient: null,
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

export interface ReduceAttributes {
  readonly axes: readonly number[];
}

/** Reduced axes stay, with size 1, so that the rank and the layout stay too. */
function reduction(
  name: string,
  tensorFlowOp: string,
): OpDefinition<ReduceAttributes> {
  return {
    name,
    stages: ['logical', 'physical'],
    layout: {
      kind: 'axes',
      permute: ({ axes }, axisOf) => ({
        axes: axes.map((axis) => axisWent(axisOf, axis)),
      }),
    },
    infer: (inputs, { axes }) => {
      const x = inputType(inputs, 0);
      const shape = x.shape.map((size, axis) =>
        axes.includes(axis) ? 1 : size,
      );
      return [{ dtype: x.dtype, shape }];
    },
    gradient: null,
    evaluate: null,
    emit: (op, emitter) => [
      emitter.node(
        tensorFlowOp,
        [emitter.tensor(operand(op, 0)), emitter.integers(op.attributes.axes)],
        {
          T: attr.type(operand(op, 0).type.dtype),
          Tidx: attr.type('int32'),
          keep_dims: attr.bool(true),
        },
      ),
    ],
  };
}

export const reduceSum = reduction('reduceSum', 'Sum');
export const reduceMean = reduction('reduceMean', 'Mean');
export const reduceMax = reduction('reduceMax', 'Max');

export interface SoftmaxAttributes {
  readonly axis: number;
}

/** exp(x - max) / sum along one axis (TensorFlow's Softmax knows the last axis only). */
export const softmax: OpDefinition<SoftmaxAttributes> = {
  name: 'softmax',
  stages: ['logical', 'physical'],
  layout: {
    kind: 'axes',
    permute: ({ axis }, axisOf) => ({ axis: axisWent(axisOf, axis) }),
  },
  infer: (inputs, { axis }) => {
    const x = inputType(inputs, 0);
    sizeAt(x.shape, axis);
    return [x];
  },
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => {
    const x = operand(op, 0);
    const { axis } = op.attributes;
    const last = x.type.shape.length - 1;
    const softmaxOf = (logits: string): string =>
      emitter.node('Softmax', [logits], { T: attr.type('float32') });
    if (axis === last) return [softmaxOf(emitter.tensor(x))];
    const swap = emitter.integers(
      x.type.shape.map((_, at) =>
        at === axis ? last : at === last ? axis : at,
      ),
    );
    const swapped = (tensor: string): string =>
      emitter.node('Transpose', [tensor, swap], {
        T: attr.type('float32'),
        Tperm: attr.type('int32'),
      });
    return [swapped(softmaxOf(swapped(emitter.tensor(x))))];
  },
};
