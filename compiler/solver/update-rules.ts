import { invariant } from '../diagnostics.js';
import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { add, divide, multiply, scalar, subtract } from '../layers/operands.js';
import { none, sqrt, square } from '../ops/elementwise.js';
import type { SolverType } from './solver-settings.js';
import type { RuleContext, UpdateRule } from './update-rule.js';

/** What is remembered under number `slot`. */
function remembered({ history }: RuleContext, slot = 0): Value {
  const value = history[slot];
  invariant(value !== undefined, `no history ${slot}`);
  return value;
}

/** share * before + rest * now: a step of a running average, or of a momentum. */
const averaged = (
  builder: Builder,
  before: Value,
  share: number,
  now: Value,
  rest: number | Value,
): Value =>
  add(
    builder,
    multiply(builder, before, scalar(builder, share)),
    multiply(
      builder,
      now,
      typeof rest === 'number' ? scalar(builder, rest) : rest,
    ),
  );

/** v = momentum * v + rate * g; w -= v (sgd_solver.cpp). */
const sgd: UpdateRule = {
  slots: 1,
  corrects: false,
  update: (context) => {
    const { builder, settings, gradient, rate } = context;
    const before = remembered(context);
    const { momentum } = settings;
    const speed = averaged(builder, before, momentum, gradient, rate);
    return { update: speed, history: [speed] };
  },
};

/** v as SGD's; w -= (1 + momentum) * v - momentum * v before (nesterov_solver.cpp). */
const nesterov: UpdateRule = {
  slots: 1,
  corrects: false,
  update: (context) => {
    const { builder, settings, gradient, rate } = context;
    const before = remembered(context);
    const { momentum } = settings;
    const speed = averaged(builder, before, momentum, gradient, rate);
    const update = subtract(
      builder,
      multiply(builder, speed, scalar(builder, 1 + momentum)),
      multiply(builder, before, scalar(builder, momentum)),
    );
    return { update, history: [speed] };
  },
};

/** rate * g / (sqrt(h) + delta) */
const overRoot = (
  { builder, settings, gradient, rate }: RuleContext,
  sum: Value,
): Value => {
  const root = builder.apply(sqrt, [sum], none);
  const divisor = add(builder, root, scalar(builder, settings.delta));
  return multiply(builder, divide(builder, gradient, divisor), rate);
};

/** h = h + g^2; w -= rate * g / (sqrt(h) + delta) (adagrad_solver.cpp). */
const adaGrad: UpdateRule = {
  slots: 1,
  corrects: false,
  update: (context) => {
    const { builder, gradient } = context;
    const squared = builder.apply(square, [gradient], none);
    const sum = add(builder, squared, remembered(context));
    return { update: overRoot(context, sum), history: [sum] };
  },
};

/** h = decay * h + (1 - decay) * g^2; the rest as AdaGrad (rmsprop_solver.cpp). */
const rmsProp: UpdateRule = {
  slots: 1,
  corrects: false,
  update: (context) => {
    const { builder, gradient, settings } = context;
    const decay = settings.rmsDecay;
    const squared = builder.apply(square, [gradient], none);
    const before = remembered(context);
    const sum = averaged(builder, before, decay, squared, 1 - decay);
    return { update: overRoot(context, sum), history: [sum] };
  },
};

/**
 * h = m * h + (1 - m) * g^2; u = g * sqrt((k + delta) / (h + delta)); k = m * k +
 * (1 - m) * u^2; w -= rate * u, with m the solver's momentum (adadelta_solver.cpp).
 */
const adaDelta: UpdateRule = {
  slots: 2,
  corrects: false,
  update: (context) => {
    const { builder, gradient, settings, rate } = context;
    const { momentum } = settings;
    const delta = scalar(builder, settings.delta);
    const average = (before: Value, value: Value): Value => {
      const squared = builder.apply(square, [value], none);
      return averaged(builder, before, momentum, squared, 1 - momentum);
    };
    const updates = remembered(context, 1);
    const gradients = average(remembered(context), gradient);
    const ratio = divide(
      builder,
      add(builder, delta, updates),
      add(builder, delta, gradients),
    );
    const root = builder.apply(sqrt, [ratio], none);
    const step = multiply(builder, gradient, root);
    return {
      update: multiply(builder, step, rate),
      history: [gradients, average(updates, step)],
    };
  },
};

/**
 * m = b1 * m + (1 - b1) * g; v = b2 * v + (1 - b2) * g^2; w -= rate * correction * m /
 * (sqrt(v) + delta), with b1 and b2 momentum and momentum2 (adam_solver.cpp).
 */
const adam: UpdateRule = {
  slots: 2,
  corrects: true,
  update: (context) => {
    const { builder, gradient, settings, rate, correction } = context;
    const { momentum, momentum2, delta } = settings;
    const first = averaged(
      builder,
      remembered(context),
      momentum,
      gradient,
      1 - momentum,
    );
    const second = averaged(
      builder,
      remembered(context, 1),
      momentum2,
      multiply(builder, gradient, gradient),
      1 - momentum2,
    );
    const root = builder.apply(sqrt, [second], none);
    const divisor = add(builder, root, scalar(builder, delta));
    const update = multiply(
      builder,
      divide(builder, first, divisor),
      multiply(builder, rate, correction),
    );
    return { update, history: [first, second] };
  },
};

export const updateRules: Readonly<Record<SolverType, UpdateRule>> = {
  SGD: sgd,
  Nesterov: nesterov,
  AdaGrad: adaGrad,
  RMSProp: rmsProp,
  AdaDelta: adaDelta,
  Adam: adam,
};

/**
 * What Adam's rate is multiplied by in an iteration, counted from 0, in float32:
 * sqrt(1 - b2^t) / (1 - b1^t), t = iteration + 1 (adam_solver.cpp).
 */
export function adamCorrection(
  {
    momentum,
    momentum2,
  }: { readonly momentum: number; readonly momentum2: number },
  iteration: number,
): number {
  const t = iteration + 1;
  return Math.fround(Math.sqrt(1 - momentum2 ** t) / (1 - momentum ** t));
}
