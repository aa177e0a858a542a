import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { ConstantTensor, OpDefinition } from '../ir/graph.js';
import {
  broadcastShapes,
  elementCount,
  float32,
  type Shape,
  shapeText,
} from '../ir/types.js';
import { inputType, operand } from './operand.js';

export type NoAttributes = Readonly<Record<string, never>>;

/** Attributes of ops that have none. */
export const none: NoAttributes = {};

/** A function of one number, applied to each. */
function unary(
  name: string,
  tensorFlowOp: string,
  scalar: (x: number) => number,
): OpDefinition<NoAttributes> {
  return {
    name,
    stages: ['logical', 'physical'],
    layout: { kind: 'elementwise' },
    infer: (inputs) => [inputType(inputs, 0)],
    gradient: null,
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

export interface LeakyReluAttributes {
  readonly slope: number;
}

/** x where it is positive, slope * x elsewhere (TensorFlow: LeakyRelu). */
export const leakyRelu: OpDefinition<LeakyReluAttributes> = {
  name: 'leakyRelu',
  stages: ['logical', 'physical'],
  layout: { kind: 'elementwise' },
  infer: (inputs) => [inputType(inputs, 0)],
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node('LeakyRelu', [emitter.tensor(operand(op, 0))], {
      T: attr.type('float32'),
      alpha: attr.float(op.attributes.slope),
    }),
  ],
};

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

/** A function of two numbers, with NumPy's broadcasting. */
function binary(
  name: string,
  tensorFlowOp: string,
  scalar: (x: number, y: number) => number,
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
    gradient: null,
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

export const abs = unary('abs', 'Abs', Math.abs);
export const exp = unary('exp', 'Exp', Math.exp);
export const log = unary('log', 'Log', Math.log);
export const negate = unary('negate', 'Neg', (x) => -x);
export const relu = unary('relu', 'Relu', (x) => (x > 0 ? x : 0));
export const rsqrt = unary('rsqrt', 'Rsqrt', (x) => 1 / Math.sqrt(x));
export const sigmoid = unary(
  'sigmoid',
  'Sigmoid',
  (x) => 1 / (1 + Math.exp(-x)),
);
export const sqrt = unary('sqrt', 'Sqrt', Math.sqrt);
export const square = unary('square', 'Square', (x) => x * x);
export const tanh = unary('tanh', 'Tanh', Math.tanh);

export const add = binary('add', 'AddV2', (x, y) => x + y);
export const divide = binary('divide', 'RealDiv', (x, y) => x / y);
/** x / y, and 0 where y is 0. */
export const divideNoNan = binary('divideNoNan', 'DivNoNan', (x, y) =>
  y === 0 ? 0 : x / y,
);
export const maximum = binary('maximum', 'Maximum', Math.max);
export const minimum = binary('minimum', 'Minimum', Math.min);
export const multiply = binary('multiply', 'Mul', (x, y) => x * y);
export const power = binary('power', 'Pow', (x, y) => x ** y);
export const subtract = binary('subtract', 'Sub', (x, y) => x - y);

/** 1 where x < y, else 0 (TensorFlow: Less, and Cast to float32). */
export const less: OpDefinition<NoAttributes> = {
  ...binary('less', 'Less', (x, y) => (x < y ? 1 : 0)),
  emit: (op, emitter) => {
    const smaller = emitter.node(
      'Less',
      [emitter.tensor(operand(op, 0)), emitter.tensor(operand(op, 1))],
      { T: attr.type('float32') },
    );
    return [
      emitter.node('Cast', [smaller], {
        SrcT: attr.type('bool'),
        DstT: attr.type('float32'),
        Truncate: attr.bool(false),
      }),
    ];
  },
};
