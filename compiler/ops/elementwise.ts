import { attr } from '../emit/node-emitter.js';
import type { Builder } from '../ir/builder.js';
import type { OpDefinition, Value } from '../ir/graph.js';
import { float32 } from '../ir/types.js';
import { constant } from './constant.js';
import {
  binary,
  type BinaryGradient,
  gradientOp,
  mask,
  type NoAttributes,
  none,
  unary,
} from './define-elementwise.js';
import { inputType, operand } from './operand.js';
import { scaleBy } from './scale-by.js';

export { type NoAttributes, none } from './define-elementwise.js';

/** Inputs: the gradient of y, and x. */
export const reluGradient = gradientOp('reluGradient', 'ReluGrad');
/** Inputs: y, and its gradient. */
export const sigmoidGradient = gradientOp('sigmoidGradient', 'SigmoidGrad');
export const tanhGradient = gradientOp('tanhGradient', 'TanhGrad');
export const sqrtGradient = gradientOp('sqrtGradient', 'SqrtGrad');
export const rsqrtGradient = gradientOp('rsqrtGradient', 'RsqrtGrad');
/** Inputs: the gradient of y, and y. */
export const eluGradient = gradientOp('eluGradient', 'EluGrad');

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

/** Its input, as a value of its own (TensorFlow: Identity). */
export const identity = unary(
  'identity',
  'Identity',
  (x) => x,
  ({ gradient }) => gradient,
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
