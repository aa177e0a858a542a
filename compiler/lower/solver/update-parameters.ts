import { type Builder, freshValue } from '../../ir/builder.js';
import type { Named, Store, Value } from '../../ir/graph.js';
import { float32 } from '../../ir/types.js';
import {
  add,
  divideNoNan,
  multiply,
  reshaped,
  scalar,
  subtract,
} from '../../layers/operands.js';
import { readVariable } from '../../ops/constant.js';
import { maximum, none, sign, sqrt, square } from '../../ops/elementwise.js';
import { reduceSum } from '../../ops/reductions.js';
import { scaleBy } from '../../ops/scale-by.js';
import type { SolverSettings } from '../../solver/solver-settings.js';
import type { UpdateRule } from '../../solver/update-rule.js';
import type { Learnt } from './learnt.js';
import { stepNames } from './step-names.js';
import type { TrainPass } from './train-pass.js';

/** The sum of the squares of all gradients' numbers, its root taken: a scalar. */
function normOf(builder: Builder, gradients: Iterable<Value>): Value {
  let sum: Value | undefined;
  for (const gradient of gradients) {
    const squared = builder.apply(square, [gradient], none);
    const axes = squared.type.shape.map((_, axis) => axis);
    const total =
      axes.length === 0
        ? squared
        : builder.apply(reduceSum, [squared], { axes });
    const own = reshaped(builder, total, []);
    sum = sum === undefined ? own : add(builder, sum, own);
  }
  return builder.apply(sqrt, [sum ?? scalar(builder, 0)], none);
}

/** clip / norm where the norm is larger, else 1 (sgd_solver.cpp, ClipGradients). */
function clipFactor(builder: Builder, norm: Value, clip: number): Value {
  const most = scalar(builder, clip);
  const divisor = builder.apply(maximum, [norm, most], none);
  return divideNoNan(builder, most, divisor);
}

interface Updating {
  readonly pass: TrainPass;
  readonly settings: SolverSettings;
  readonly rule: UpdateRule;
  readonly rate: Value;
  readonly correction: Value;
}

/** The gradient divided by the passes, and the decay of the parameter added to it. */
function decayed(
  { pass: { builder }, settings }: Updating,
  { decayMult }: Learnt,
  gradient: Value | undefined,
  value: Value,
): Value {
  const { passes, weightDecay, regularization } = settings;
  const mean =
    gradient === undefined || passes === 1
      ? gradient
      : builder.apply(scaleBy, [gradient], { factor: 1 / passes });
  const factor = Math.fround(weightDecay * decayMult);
  if (factor === 0) return mean ?? scalar(builder, 0);
  const pull =
    regularization === 'L1' ? builder.apply(sign, [value], none) : value;
  const decay = builder.apply(scaleBy, [pull], { factor });
  return mean === undefined ? decay : add(builder, mean, decay);
}

/** What one parameter and its history become. */
function updateOne(
  updating: Updating,
  learnt: Learnt,
  gradient: Value | undefined,
): readonly Store[] {
  const { pass, settings, rule, rate, correction } = updating;
  const { builder } = pass;
  const { parameter, variable, lrMult } = learnt;
  const origin = { layer: parameter.layer, span: parameter.span };
  return builder.at({ ...origin, pass: 'update' }, () => {
    const value = pass.current(variable);
    const { update, history } = rule.update({
      builder,
      settings,
      gradient: decayed(updating, learnt, gradient, value),
      history: learnt.history.map((each) =>
        builder.apply(readVariable, [], { variable: each }),
      ),
      rate:
        lrMult === 1
          ? rate
          : builder.apply(scaleBy, [rate], { factor: lrMult }),
      correction,
    });
    return [
      { variable, value: subtract(builder, value, update) },
      ...history.flatMap((kept, slot) => {
        const slotVariable = learnt.history[slot];
        return slotVariable === undefined
          ? []
          : [{ variable: slotVariable, value: kept }];
      }),
      ...(learnt.update === undefined
        ? []
        : [{ variable: learnt.update, value: update }]),
    ];
  });
}

export interface Update {
  readonly inputs: readonly Named[];
  readonly outputs: readonly Named[];
  readonly stores: readonly Store[];
}

/**
 * What a solver does after the last backward pass of an iteration (sgd_solver.cpp,
 * ApplyUpdate): clips the gradients by the norm of all together, then for each parameter
 * divides by the number of passes, adds the decay, and follows the rule. A value that the
 * forward pass has stored (a moving average) is what decays and what is subtracted from.
 */
export function updateParameters(
  pass: TrainPass,
  learnt: readonly Learnt[],
  gradients: ReadonlyMap<Learnt, Value>,
  { settings, rule }: Pick<Updating, 'settings' | 'rule'>,
): Update {
  const { builder } = pass;
  const rate = freshValue(float32([]));
  const correction = freshValue(float32([]));
  const { clipGradients } = settings;
  const norm =
    clipGradients === undefined
      ? undefined
      : normOf(builder, gradients.values());
  const factor =
    norm === undefined || clipGradients === undefined
      ? undefined
      : clipFactor(builder, norm, clipGradients);
  const updating = { pass, settings, rule, rate, correction };
  const stores = learnt.flatMap((each) => {
    const raw = gradients.get(each);
    const clipped =
      raw === undefined || factor === undefined
        ? raw
        : multiply(builder, raw, factor);
    return updateOne(updating, each, clipped);
  });
  return {
    inputs: [
      { name: stepNames.rate, value: rate },
      ...(rule.corrects
        ? [{ name: stepNames.correction, value: correction }]
        : []),
    ],
    outputs: norm === undefined ? [] : [{ name: stepNames.norm, value: norm }],
    stores,
  };
}
