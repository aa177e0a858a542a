import type {
  GraphFunction,
  Named,
  Store,
  Value,
  Variable,
} from '../../ir/graph.js';
import { filledWith } from '../../layers/fillers.js';
import { add, scalar } from '../../layers/operands.js';
import { readVariable } from '../../ops/constant.js';
import { broadcast } from '../../ops/reductions.js';
import type { SolverSettings } from '../../solver/solver-settings.js';
import type { UpdateRule } from '../../solver/update-rule.js';
import { type Forward, lowerForward } from '../forward.js';
import { backwardDebug, forwardDebug } from './debug-outputs.js';
import type { Learnt } from './learnt.js';
import { stepNames } from './step-names.js';
import {
  currentIn,
  lowerTrainPass,
  passOutputs,
  type TrainPass,
  type TrainPassOptions,
} from './train-pass.js';
import { updateParameters } from './update-parameters.js';

export interface TrainOptions extends TrainPassOptions {
  readonly settings: SolverSettings;
  readonly rule: UpdateRule;
}

/** Later stores of a variable take the place of earlier ones. */
const lastOf = (stores: readonly Store[]): readonly Store[] =>
  Array.from(
    new Map<Variable, Value>(
      stores.map(({ variable, value }) => [variable, value]),
    ),
    ([variable, value]) => ({ variable, value }),
  );

/** Each gradient, on top of what the passes before have summed up. */
function summed(
  { builder, gradients }: TrainPass,
  learnt: readonly Learnt[],
): ReadonlyMap<Learnt, Value> {
  return new Map(
    learnt.flatMap((each): [Learnt, Value][] => {
      const gradient = gradients.get(each);
      if (gradient === undefined) return [];
      if (each.sum === undefined) return [[each, gradient]];
      const before = builder.apply(readVariable, [], { variable: each.sum });
      return [[each, add(builder, before, gradient)]];
    }),
  );
}

/** What `debug_info` shows of a forward pass; nothing where it is off. */
const forwardShown = (
  { net, variables, debug }: Omit<TrainPassOptions, 'learnt'>,
  forward: Forward,
): readonly Named[] => {
  if (!debug) return [];
  const current = currentIn(forward);
  return forwardDebug(net, forward, (parameter) =>
    current(variables.of(parameter)),
  );
};

/** What it shows of both passes. */
function shown(
  pass: TrainPass,
  sums: ReadonlyMap<Learnt, Value>,
  options: TrainOptions,
): readonly Named[] {
  const { debug, net, learnt } = options;
  if (!debug) return [];
  const { forward, builder, shares } = pass;
  return [
    ...forwardShown(options, forward),
    ...backwardDebug({
      net,
      forward,
      learnt,
      sums,
      gradients: shares,
      before: ({ sum }) =>
        sum && builder.apply(readVariable, [], { variable: sum }),
      current: ({ variable }) => pass.current(variable),
    }),
  ];
}

/** The last pass of an iteration, or its only one, and the update. */
export function trainStepFunction(options: TrainOptions): GraphFunction {
  const { learnt } = options;
  const pass = lowerTrainPass(options);
  const { builder, forward } = pass;
  const gradients = summed(pass, learnt);
  const update = updateParameters(pass, learnt, gradients, options);
  const cleared = learnt.flatMap(({ sum }) =>
    sum === undefined
      ? []
      : [{ variable: sum, value: filledWith(builder, sum.type.shape, 0) }],
  );
  return {
    name: 'train_step',
    inputs: [...forward.inputs, ...update.inputs],
    ops: builder.ops,
    outputs: [
      ...pass.outputs,
      ...update.outputs,
      ...shown(pass, gradients, options),
    ],
    stores: lastOf([...forward.stores, ...update.stores, ...cleared]),
    finite: [stepNames.loss],
  };
}

/** A pass of an iteration that is not the last: its gradients go to the sums. */
export function accumulateFunction(options: TrainOptions): GraphFunction {
  const pass = lowerTrainPass(options);
  const { builder, forward, outputs } = pass;
  const gradients = summed(pass, options.learnt);
  const sums = Array.from(gradients).flatMap(([{ sum }, value]) =>
    sum === undefined ? [] : [{ variable: sum, value }],
  );
  return {
    name: 'accumulate',
    inputs: forward.inputs,
    ops: builder.ops,
    outputs: [...outputs, ...shown(pass, gradients, options)],
    stores: [...forward.stores, ...sums],
    finite: [stepNames.loss],
  };
}

/** The gradients of one pass; nothing is stored. */
export function gradientsFunction(options: TrainOptions): GraphFunction {
  const { builder, forward, outputs, gradients } = lowerTrainPass({
    ...options,
    debug: false,
  });
  const told = options.learnt.map((each): Named => {
    const { variable } = each;
    return {
      name: stepNames.gradient(variable.name),
      value:
        gradients.get(each) ??
        builder.apply(broadcast, [scalar(builder, 0)], {
          shape: variable.type.shape,
        }),
    };
  });
  return {
    name: 'gradients',
    inputs: forward.inputs,
    ops: builder.ops,
    outputs: [...outputs, ...told],
    stores: [],
  };
}

/** A forward pass that changes no more than a layer itself stores. */
export function passFunction(
  name: string,
  options: Omit<TrainPassOptions, 'learnt'>,
): GraphFunction {
  const { net, variables, seed } = options;
  const forward = lowerForward(net, variables, { seed });
  return {
    name,
    inputs: forward.inputs,
    ops: forward.builder.ops,
    outputs: [...passOutputs(net, forward), ...forwardShown(options, forward)],
    stores: forward.stores,
  };
}
