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
import { constant } from './constant.js';
import { inputType, operand, result } from './operand.js';
import { scaleBy } from './scale-by.js';
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
function gradientOp(
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

/** Inputs: the gradient of y, and x. */
export const reluGradient = gradientOp('reluGradient', 'ReluGrad');
/** Inputs: y, and its gradient. */
export const sigmoidGradient = gradientOp('sigmoidGradient', 'SigmoidGrad');
export const tanhGradient = gradientOp('tanhGradient', 'TanhGrad');
export const sqrtGradient = gradientOp('sqrtGradient', 'SqrtGrad');
export const rsqrtGradient = gradientOp('rsqrtGradient', 'RsqrtGrad');
/** Inputs: the gradient of y, and y. */
export const eluGradient = gradientOp('eluGradient', 'EluGrad');

/** A function of one number, applied to each. */
function unary(
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

export interface LeakyReluAttributes {
  readonly slope: number;
}

/** Inputs: the gradient of y, and x. */
export const leakyReluGradient: OpDefinition<LeakyReluAttributes> = {
  name: 'leakyReluGradient',
  stages: ['logical', 'physical'],
  layout: { kind: 'elementwise' },
  infer: (inputs) => [inputType(inputs, 0)],
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node(
      'LeakyReluGrad',
      [emitter.tensor(operand(op, 0)), emitter.tensor(operand(op, 1))],
      { T: attr.type('float32'), alpha: attr.float(op.attributes.slope) },
    ),
  ],
};

/** x where it is positive, slope * x elsewhere (TensorFlow: LeakyRelu). */
export const leakyRelu: OpDefinition<LeakyReluAttributes> = {
  name: 'leakyRelu',
  stages: ['logical', 'physical'],
  layout: { kind: 'elementwise' },
  infer: (inputs) => [inputType(inputs, 0)],
  gradient: (op, [gradient], builder) =>
    gradient === undefined
      ? []
      : [
          builder.apply(
            leakyReluGradient,
            [gradient, operand(op, 0)],
            op.attributes,
          ),
        ],
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

interface BinaryGradientContext {
  readonly builder: Builder;
  readonly a: Value;
  readonly b: Value;
  readonly y: Value;
  readonly gradient: Value;
}

/** The gradients of a and b in `y = f(a, b)`, before broadcasting is undone. */
type BinaryGradient = (
  context: BinaryGradientContext,
) => readonly [Value, Value | undefined];

/** A function of two numbers, with NumPy's broadcasting. */
function binary(
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
function mask(
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

export const equal = mask('equal', 'Equal', (x, y) => x === y);
export const greater = mask('greater', 'Greater', (x, y) => x > y);
export const greaterEqual = mask(
  'greaterEqual',
  'GreaterEqual',
  (x, y) => x >= y,
);
export const less = mask('less', 'Less', (x, y) => x < y);
export const lessEqual = mask('lessEqual', 'LessEqual', (x, y) => x <= y);

const times = (builder: Builder, a: Value, b: Value): Value =>
  builder.apply(multiply, [a, b], none);

const over = (builder: Builder, a: Value, b: Value): Value =>
  builder.apply(divide, [a, b], none);

const minus = (builder: Builder, a: Value): Value =>
  builder.apply(negate, [a], none);

/** The gradient goes to `a` where the relation holds, else to `b`. */
const split =
  (relation: OpDefinition<NoAttributes>): BinaryGradient =>
  ({ builder, a, b, gradient }) => {
    const chosen = builder.apply(relation, [a, b], none);
    const left = times(builder, gradient, chosen);
    return [left, builder.apply(subtract, [gradient, left], none)];
  };

/** -1, 0 or 1 (TensorFlow: Sign). */
export const sign = unary('sign', 'Sign', Math.sign, null);

/** At 0 the gradient is 0. */
export const abs = unary('abs', 'Abs', Math.abs, ({ builder, x, gradient }) =>
  times(builder, gradient, builder.apply(sign, [x], none)),
);
/** x where it is positive, exp(x) - 1 elsewhere (TensorFlow: Elu). At 0 the gradient is 1. */
export const elu = unary(
  'elu',
  'Elu',
  (x) => (x > 0 ? x : Math.expm1(x)),
  ({ builder, y, gradient }) => builder.apply(eluGradient, [gradient, y], none),
);
export const exp = unary('exp', 'Exp', Math.exp, ({ builder, y, gradient }) =>
  times(builder, gradient, y),
);
export const log = unary('log', 'Log', Math.log, ({ builder, x, gradient }) =>
  over(builder, gradient, x),
);
export const negate = unary(
  'negate',
  'Neg',
  (x) => -x,
  ({ builder, gradient }) => minus(builder, gradient),
);
/** At 0 the gradient is 0. */
export const relu = unary(
  'relu',
  'Relu',
  (x) => (x > 0 ? x : 0),
  ({ builder, x, gradient }) =>
    builder.apply(reluGradient, [gradient, x], none),
);
export const rsqrt = unary(
  'rsqrt',
  'Rsqrt',
  (x) => 1 / Math.sqrt(x),
  ({ builder, y, gradient }) =>
    builder.apply(rsqrtGradient, [y, gradient], none),
);
export const sigmoid = unary(
  'sigmoid',
  'Sigmoid',
  (x) => 1 / (1 + Math.exp(-x)),
  ({ builder, y, gradient }) =>
    builder.apply(sigmoidGradient, [y, gradient], none),
);
export const sqrt = unary(
  'sqrt',
  'Sqrt',
  Math.sqrt,
  ({ builder, y, gradient }) =>
    builder.apply(sqrtGradient, [y, gradient], none),
);
export const square = unary(
  'square',
  'Square',
  (x) => x * x,
  ({ builder, x, gradient }) =>
    builder.apply(scaleBy, [times(builder, gradient, x)], { factor: 2 }),
);
export const tanh = unary(
  'tanh',
  'Tanh',
  Math.tanh,
  ({ builder, y, gradient }) =>
    builder.apply(tanhGradient, [y, gradient], none),
);
/** log(1 + exp(x)) without overflow (TensorFlow: Softplus). */
export const softplus = unary(
  'softplus',
  'Softplus',
  (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  ({ builder, x, gradient }) =>
    times(builder, gradient, builder.apply(sigmoid, [x], none)),
);

/** Its input; no gradient passes (TensorFlow: StopGradient). */
export const stopGradient = unary(
  'stopGradient',
  'StopGradient',
  (x) => x,
  null,
);

export const add = binary(
  'add',
  'AddV2',
  (x, y) => x + y,
  ({ gradient }) => [gradient, gradient],
);
export const divide = binary(
  'divide',
  'RealDiv',
  (x, y) => x / y,
  ({ builder, b, y, gradient }) => {
    const left = over(builder, gradient, b);
    return [left, minus(builder, times(builder, left, y))];
  },
);
/** x / y, and 0 where y is 0. */
export const divideNoNan = binary(
  'divideNoNan',
  'DivNoNan',
  (x, y) => (y === 0 ? 0 : x / y),
  ({ builder, b, y, gradient }) => {
    const left = builder.apply(divideNoNan, [gradient, b], none);
    return [left, minus(builder, times(builder, left, y))];
  },
);
/** Of equal operands the first gets the gradient. */
export const maximum = binary(
  'maximum',
  'Maximum',
  Math.max,
  split(greaterEqual),
);
/** Of equal operands the first gets the gradient. */
export const minimum = binary('minimum', 'Minimum', Math.min, split(lessEqual));
export const multiply = binary(
  'multiply',
  'Mul',
  (x, y) => x * y,
  ({ builder, a, b, gradient }) => [
    times(builder, gradient, b),
    times(builder, gradient, a),
  ],
);
/** x to the power y; y gets no gradient. */
export const power = binary(
  'power',
  'Pow',
  (x, y) => x ** y,
  ({ builder, a, b, gradient }) => {
    const one = builder.apply(constant, [], {
      tensor: { type: float32([]), data: Float32Array.of(1) },
    });
    const less1 = builder.apply(subtract, [b, one], none);
    const lower = builder.apply(power, [a, less1], none);
    const slope = times(builder, b, lower);
    return [times(builder, gradient, slope), undefined];
  },
);
export const subtract = binary(
  'subtract',
  'Sub',
  (x, y) => x - y,
  ({ builder, gradient }) => [gradient, minus(builder, gradient)],
);
