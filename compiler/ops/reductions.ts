import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { Builder } from '../ir/builder.js';
import type { OpDefinition, Value } from '../ir/graph.js';
import { isDynamic, type Shape, sizeAt } from '../ir/types.js';
import { axisWent } from './axis-order.js';
import { inputType, operand } from './operand.js';
import { scaleBy } from './scale-by.js';
import { reshape } from './shape-ops.js';

export interface ReduceAttributes {
  readonly axes: readonly number[];
}

/** Reduced axes stay, with size 1, so that the rank and the layout stay too. */
function reduction(
  name: string,
  tensorFlowOp: string,
  /** What each element's share of the result is, of so many. */
  share: (count: number) => number,
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
    gradient: (op, [gradient], builder) => {
      if (gradient === undefined) return [];
      const x = operand(op, 0);
      const { shape } = x.type;
      const factor = share(
        op.attributes.axes.reduce(
          (count, axis) => count * sizeAt(shape, axis),
          1,
        ),
      );
      const shared =
        factor === 1
          ? gradient
          : builder.apply(scaleBy, [gradient], { factor });
      invariant(
        factor === 1 ||
          !isDynamic(op.attributes.axes.map((axis) => sizeAt(shape, axis))),
        `${name} over an axis of unknown size`,
      );
      return [spreadOver(builder, shared, x)];
    },
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

export const reduceSum = reduction('reduceSum', 'Sum', () => 1);
export const reduceMean = reduction('reduceMean', 'Mean', (count) => 1 / count);

/** What was repeated is summed. */
function unspread(builder: Builder, gradient: Value, own: Shape): Value {
  const extra = gradient.type.shape.length - own.length;
  const axes = gradient.type.shape.flatMap((size, axis) =>
    (own[axis - extra] ?? 1) === size ? [] : [axis],
  );
  const sum =
    axes.length === 0
      ? gradient
      : builder.apply(reduceSum, [gradient], { axes });
  return extra === 0 ? sum : builder.apply(reshape, [sum], { shape: own });
}

export interface BroadcastAttributes {
  readonly shape: Shape;
}

/** Repeats axes of size 1 (TensorFlow: BroadcastTo). */
export const broadcast: OpDefinition<BroadcastAttributes> = {
  name: 'broadcast',
  stages: ['logical', 'physical'],
  layout: {
    kind: 'axes',
    permute: ({ shape }, axisOf) => {
      const permuted = [...shape];
      shape.forEach((size, axis) => {
        permuted[axisWent(axisOf, axis)] = size;
      });
      return { shape: permuted };
    },
  },
  infer: (inputs, { shape }) => [{ dtype: inputType(inputs, 0).dtype, shape }],
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    return [unspread(builder, gradient, operand(op, 0).type.shape)];
  },
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node(
      'BroadcastTo',
      [emitter.tensor(operand(op, 0)), emitter.integers(op.attributes.shape)],
      { T: attr.type(operand(op, 0).type.dtype), Tidx: attr.type('int32') },
    ),
  ],
};

/** The first input in the shape of the second, axes of size 1 repeated (TensorFlow: BroadcastTo). */
export const broadcastLike: OpDefinition<Readonly<Record<string, never>>> = {
  name: 'broadcastLike',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs) => [
    {
      dtype: inputType(inputs, 0).dtype,
      shape: inputType(inputs, 1).shape,
    },
  ],
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    return [unspread(builder, gradient, operand(op, 0).type.shape)];
  },
  evaluate: null,
  emit: (op, emitter) => {
    const shape = emitter.node('Shape', [emitter.tensor(operand(op, 1))], {
      T: attr.type(operand(op, 1).type.dtype),
      out_type: attr.type('int32'),
    });
    return [
      emitter.node('BroadcastTo', [emitter.tensor(operand(op, 0)), shape], {
        T: attr.type(operand(op, 0).type.dtype),
        Tidx: attr.type('int32'),
      }),
    ];
  },
};

/** `x` in the shape of `like`, whether that is known or not. */
export function spreadOver(builder: Builder, x: Value, like: Value): Value {
  const { shape } = like.type;
  return isDynamic(shape)
    ? builder.apply(broadcastLike, [x, like], {})
    : builder.apply(broadcast, [x], { shape });
}
