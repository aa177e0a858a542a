import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { type Shape, shapeText, sizeAt } from '../ir/types.js';
import { cast } from './cast.js';
import { multiply, type NoAttributes, none } from './elementwise.js';
import { inputType, operand } from './operand.js';
import { reshape } from './shape-ops.js';

/** A label or an index as an integer: a fraction is cut off, 1.9 is 1, as in Caffe. */
export const toInteger = cast('toInteger', 'float32', 'int32');
export const fromInteger = cast('fromInteger', 'int32', 'float32');

export interface OneHotAttributes {
  readonly depth: number;
}

/**
 * A new last axis of `depth` numbers: 1 at the index, 0 elsewhere; only zeros for an index
 * that is out of range (TensorFlow: OneHot).
 */
export const oneHot: OpDefinition<OneHotAttributes> = {
  name: 'oneHot',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs, { depth }) => {
    const indices = inputType(inputs, 0);
    invariant(indices.dtype === 'int32', `oneHot of ${indices.dtype}`);
    return [{ dtype: 'float32', shape: [...indices.shape, depth] }];
  },
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => {
    const number = (value: number): string =>
      emitter.constant({
        type: { dtype: 'float32', shape: [] },
        data: Float32Array.of(value),
      });
    return [
      emitter.node(
        'OneHot',
        [
          emitter.tensor(operand(op, 0)),
          emitter.integers([op.attributes.depth], []),
          number(1),
          number(0),
        ],
        {
          axis: attr.int(-1),
          T: attr.type('float32'),
          TI: attr.type('int32'),
        },
      ),
    ];
  },
};

export interface SumRowsAttributes {
  readonly rows: number;
}

/**
 * Puts each row of the first input where the second says, in a tensor of so many `rows`; rows
 * of one place are added up (TensorFlow: UnsortedSegmentSum).
 */
export const sumRows: OpDefinition<SumRowsAttributes> = {
  name: 'sumRows',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs, { rows }) => {
    const x = inputType(inputs, 0);
    const indices = inputType(inputs, 1);
    const rank = indices.shape.length;
    invariant(
      indices.shape.join() === x.shape.slice(0, rank).join(),
      `sumRows of ${shapeText(x.shape)} by ${shapeText(indices.shape)}`,
    );
    return [{ dtype: x.dtype, shape: [rows, ...x.shape.slice(rank)] }];
  },
  gradient: (op, [gradient], builder) =>
    gradient === undefined
      ? []
      : [builder.apply(gather, [gradient, operand(op, 1)], none)],
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node(
      'UnsortedSegmentSum',
      [
        emitter.tensor(operand(op, 0)),
        emitter.tensor(operand(op, 1)),
        emitter.integers([op.attributes.rows], []),
      ],
      {
        T: attr.type('float32'),
        Tindices: attr.type('int32'),
        Tnumsegments: attr.type('int32'),
      },
    ),
  ],
};

/**
 * The largest of the numbers of the first input, a vector, that the second, as long, gives to
 * each of so many `rows`; the lowest float32 where there is none (TensorFlow:
 * UnsortedSegmentMax).
 */
export const largestOfRows: OpDefinition<SumRowsAttributes> = {
  name: 'largestOfRows',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs, { rows }) => {
    const x = inputType(inputs, 0);
    const indices = inputType(inputs, 1);
    invariant(
      x.shape.length === 1 && indices.shape.join() === x.shape.join(),
      `largestOfRows of ${shapeText(x.shape)} by ${shapeText(indices.shape)}`,
    );
    return [{ dtype: x.dtype, shape: [rows] }];
  },
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node(
      'UnsortedSegmentMax',
      [
        emitter.tensor(operand(op, 0)),
        emitter.tensor(operand(op, 1)),
        emitter.integers([op.attributes.rows], []),
      ],
      {
        T: attr.type('float32'),
        Tindices: attr.type('int32'),
        Tnumsegments: attr.type('int32'),
      },
    ),
  ],
};

/**
 * The rows of the first input (entries of its first axis) that the second input names; it
 * fails at run time for an index that does not exist (TensorFlow: GatherV2).
 */
export const gather: OpDefinition<NoAttributes> = {
  name: 'gather',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs) => {
    const x = inputType(inputs, 0);
    const indices = inputType(inputs, 1);
    invariant(indices.dtype === 'int32', `gather by ${indices.dtype}`);
    return [{ dtype: x.dtype, shape: [...indices.shape, ...x.shape.slice(1)] }];
  },
  gradient: (op, [gradient], builder) =>
    gradient === undefined
      ? []
      : [
          builder.apply(sumRows, [gradient, operand(op, 1)], {
            rows: sizeAt(operand(op, 0).type.shape, 0),
          }),
        ],
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node(
      'GatherV2',
      [
        emitter.tensor(operand(op, 0)),
        emitter.tensor(operand(op, 1)),
        emitter.integers([0], []),
      ],
      {
        Tparams: attr.type(operand(op, 0).type.dtype),
        Tindices: attr.type('int32'),
        Taxis: attr.type('int32'),
        batch_dims: attr.int(0),
      },
    ),
  ],
};

/**
 * One number of each row of a matrix: the one whose place the second input, a vector, names;
 * it fails at run time for a place that does not exist (TensorFlow: GatherV2).
 */
export const pick: OpDefinition<NoAttributes> = {
  name: 'pick',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs) => {
    const x = inputType(inputs, 0);
    const indices = inputType(inputs, 1);
    invariant(
      x.shape.length === 2 &&
        indices.shape.length === 1 &&
        indices.dtype === 'int32' &&
        indices.shape[0] === x.shape[0],
      `pick of ${shapeText(x.shape)} by ${shapeText(indices.shape)}`,
    );
    return [{ dtype: x.dtype, shape: indices.shape }];
  },
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    const [rows, depth] = operand(op, 0).type.shape as [number, number];
    const places = builder.apply(oneHot, [operand(op, 1)], { depth });
    const column = builder.apply(reshape, [gradient], { shape: [rows, 1] });
    return [builder.apply(multiply, [places, column], none)];
  },
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node(
      'GatherV2',
      [
        emitter.tensor(operand(op, 0)),
        emitter.tensor(operand(op, 1)),
        emitter.integers([1], []),
      ],
      {
        Tparams: attr.type(operand(op, 0).type.dtype),
        Tindices: attr.type('int32'),
        Taxis: attr.type('int32'),
        batch_dims: attr.int(1),
      },
    ),
  ],
};

export interface TopKAttributes {
  readonly k: number;
}

/**
 * The `k` largest numbers of the last axis, best first, and their places (int32); of equal
 * numbers the first comes first (TensorFlow: TopKV2).
 */
export const topK: OpDefinition<TopKAttributes> = {
  name: 'topK',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs, { k }) => {
    const x = inputType(inputs, 0);
    invariant(sizeAt(x.shape, x.shape.length - 1) >= k, `topK of ${k}`);
    const shape: Shape = [...x.shape.slice(0, -1), k];
    return [
      { dtype: x.dtype, shape },
      { dtype: 'int32', shape },
    ];
  },
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => {
    const { k } = op.attributes;
    const node = emitter.node(
      'TopKV2',
      [emitter.tensor(operand(op, 0)), emitter.integers([k], [])],
      {
        sorted: attr.bool(true),
        T: attr.type('float32'),
        Tk: attr.type('int32'),
        index_type: attr.type('int32'),
      },
    );
    return [node, `${node}:1`];
  },
};
