import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { Builder } from '../ir/builder.js';
import type { ConstantTensor, OpDefinition, Value } from '../ir/graph.js';
import {
  broadcastShapes,
  elementCount,
  float32,
  type Shape,
  shapeText,
} from '../ir/types.js';
import { inputType, operand, result } from './operand.js';
import { unbroadcast } from './unbroadcast.js';

export type NoAttributes = Readonly<Record<string, never>>;

/** Attributes of ops that have none. */
export const none: NoAttributes = {};

interface UnaryGradientContext {
  readonly builder: Builder;
  readonly x: Value;
  readonly y: Value;
  readonly gradient: Value;
}

/** The gradient of x in `y = f(x)`. */
type UnaryGradient = (context: UnaryGradientContext) => Value;

/** An op of TensorFlow's that computes a gradient from two tensors of one shape. */
export function gradientOp(
  name: string,
  tensorFlowOp: string,
): OpDefinition<NoAttributes> {
  return {
    name,
    stages: ['logical', 'physical'],
    layout: { kind: 'elementwise' },
    infer: (inputs) => [inputType(inputs, 0)],
    gradient: null,
    evaluate: null,
    emit: (op, emitter) => [
      emitter.node(
        tensorFlowOp,
        [emitter.tensor(operand(op, 0)), emitter.tensor(operand(op, 1))],
        { T: attr.type('float32') },
      ),
    ],
  };
}

/** A function of one number, applied to each. */
export function unary(
  name: string,
  tensorFlowOp: string,
  scalar: (x: number) => number,
  derivative: UnaryGradient | null,
): OpDefinition<NoAttributes> {
  return {
    name,
    stages: ['logical', 'physical'],
    layout: { kind: 'elementwise' },
    infer: (inputs) => [inputType(inputs, 0)],
    gradient:
      derivative === null
        ? null
        : (op, [gradient], builder) =>
            gradient === undefined
              ? []
              : [
                  derivative({
                    builder,
                    x: operand(op, 0),
                    y: result(op),
                    gradient,
                  }),
                ],
    evaluate: ([x]) => {
      invariant(x !== undefined, `${name} lacks its input`);
      return { type: x.type, data: Float32Array.from(x.data, scalar) };
    },
    emit: (op, emitter) => [
      emitter.node(tensorFlowOp, [emitter.tensor(operand(op, 0))], {
        T: attr.type(operand(op, 0).type.dtype),
      }),
    ],
  };
}

/** Where the elements of a broadcast operand lie for each element of the result. */
function* broadcastIndices(
  operandShape: Shape,
  shape: Shape,
): Iterable<number> {
  const rank = shape.length;
  const strides: number[] = new Array<number>(rank).fill(0);
  let stride = 1;
  for (let axis = rank - 1; axis >= 0; axis--) {
    const size = operandShape[operandShape.length - rank + axis] ?? 1;
    strides[axis] = size === 1 ? 0 : stride;
    stride *= size;
  }
  const total = elementCount(shape);
  for (let flat = 0; flat < total; flat++) {
    let rest = flat;
    let at = 0;
    for (let axis = rank - 1; axis >= 0; axis--) {
      const size = shape[axis] ?? 1;
      at += (rest % size) * (strides[axis] ?? 0);
      rest = Math.floor(rest / size);
    }
    yield at;
  }
}

function evaluateBinary(
  a: ConstantTensor,
  b: ConstantTensor,
  shape: Shape,
  scalar: (x: number, y: number) => number,
): ConstantTensor {
  const data = new Float32Array(elementCount(shape));
  const right = broadcastIndices(b.type.shape, shape)[Symbol.iterator]();
  let at = 0;
  for (const left of broadcastIndices(a.type.shape, shape)) {
    const { value } = right.next() as { value: number };
    data[at++] = scalar(a.data[left] ?? 0, b.data[value] ?? 0);
  }
  return { type: float32(shape), data };
}

interface BinaryGradientContext {
  readonly builder: Builder;
  readonly a: Value;
  readonly b: Value;
  readonly y: Value;
  readonly gradient: Value;
}

/** The gradients of a and b in `y = f(a, b)`, before broadcasting is undone. */
export type BinaryGradient = (
  context: BinaryGradientContext,
) => readonly [Value, Value | undefined];

/** A function of two numbers, with NumPy's broadcasting. */
export function binary(
  name: string,
  tensorFlowOp: string,
  scalar: (x: number, y: number) => number,
  derivatives: BinaryGradient | null,
): OpDefinition<NoAttributes> {
  const shapeOf = (a: Shape, b: Shape): Shape => {
    const shape = broadcastShapes(a, b);
    invariant(
      shape !== undefined,
      `${name} of ${shapeText(a)} and ${shapeText(b)}`,
    );
    return shape;
  };
  return {
    name,
    stages: ['logical', 'physical'],
    layout: { kind: 'elementwise' },
    infer: (inputs) => {
      const a = inputType(inputs, 0);
      const b = inputType(inputs, 1);
      invariant(a.dtype === b.dtype, `${name} of ${a.dtype} and ${b.dtype}`);
      return [{ dtype: a.dtype, shape: shapeOf(a.shape, b.shape) }];
    },
    gradient:
      derivatives === null
        ? null
        : (op, [gradient], builder) => {
            if (gradient === undefined) return [];
            const a = operand(op, 0);
            const b = operand(op, 1);
            const y = result(op);
            return derivatives({ builder, a, b, y, gradient }).map(
              (each, index) =>
                each === undefined
                  ? undefined
                  : unbroadcast(builder, each, operand(op, index).type.shape),
            );
          },
    evaluate: ([a, b]) => {
      invariant(a !== undefined && b !== undefined, `${name} lacks an input`);
      return evaluateBinary(a, b, shapeOf(a.type.shape, b.type.shape), scalar);
    },
    emit: (op, emitter) => [
      emitter.node(
        tensorFlowOp,
        [emitter.tensor(operand(op, 0)), emitter.tensor(operand(op, 1))],
        { T: attr.type(operand(op, 0).type.dtype) },
      ),
    ],
  };
}

/** 1 where a relation holds, else 0 (TensorFlow's comparison, and Cast to float32). */
export function mask(
  name: string,
  tensorFlowOp: string,
  holds: (x: number, y: number) => boolean,
): OpDefinition<NoAttributes> {
  return {
    ...binary(name, tensorFlowOp, (x, y) => (holds(x, y) ? 1 : 0), null),
    emit: (op, emitter) => {
      const compared = emitter.node(
        tensorFlowOp,
        [emitter.tensor(operand(op, 0)), emitter.tensor(operand(op, 1))],
        { T: attr.type('float32') },
      );
      return [
        emitter.node('Cast', [compared], {
          SrcT: attr.type('bool'),
          DstT: attr.type('float32'),
          Truncate: attr.bool(false),
        }),
      ];
    },
  };
}
