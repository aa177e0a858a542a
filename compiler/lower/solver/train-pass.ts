import { gradientsOf } from '../../ir/autodiff.js';
import type { Builder } from '../../ir/builder.js';
import type { Named, Value, Variable } from '../../ir/graph.js';
import type { Net } from '../../net/net.js';
import { readVariable } from '../../ops/constant.js';
import { type Forward, lowerForward } from '../forward.js';
import { lossBlobs, lossOf, Seeds, valueOf } from '../loss.js';
import type { VariableTable } from '../variable-table.js';
import { debugWanted } from './debug-outputs.js';
import type { Learnt } from './learnt.js';
import { stepNames } from './step-names.js';

/** One forward and one backward pass of the train net, as far as they are the same. */
export interface TrainPass {
  readonly forward: Forward;
  readonly builder: Builder;
  /** The net's outputs and its loss. */
  readonly outputs: readonly Named[];
  /** By parameter; those that get none are not in it. */
  readonly gradients: ReadonlyMap<Learnt, Value>;
  /** Of what `debug_info` tells of, by the value whose gradient it is. */
  readonly shares: ReadonlyMap<Value, Value>;
  /** The value of a variable after the forward pass, which may have stored another. */
  current(variable: Variable): Value;
}

/** The outputs of a net, and its loss where it has one. */
export function passOutputs(net: Net, forward: Forward): readonly Named[] {
  const losses = lossBlobs(net);
  return [
    ...net.outputs.map((blob) => ({
      name: blob.name,
      value: valueOf(forward, blob),
    })),
    ...(losses.length === 0
      ? []
      : [{ name: stepNames.loss, value: lossOf(forward, losses) }]),
  ];
}

function gradientsIn(
  { net, learnt, debug }: TrainPassOptions,
  forward: Forward,
): Pick<TrainPass, 'gradients' | 'shares'> {
  const { builder } = forward;
  const seeds = new Seeds(builder);
  seeds.addLosses(forward, lossBlobs(net));
  const wanted = learnt.flatMap((each): [Learnt, Value][] => {
    const value = forward.parameters.get(each.variable);
    return each.hasGradient && value !== undefined ? [[each, value]] : [];
  });
  const gradients = gradientsOf(
    [...builder.ops],
    seeds.byValue,
    [
      ...wanted.map(([, value]) => value),
      ...(debug ? debugWanted(net, forward) : []),
    ],
    builder,
  );
  return {
    gradients: new Map(
      wanted.flatMap(([each, value]) => {
        const gradient = gradients.get(value);
        return gradient === undefined ? [] : [[each, gradient] as const];
      }),
    ),
    shares: gradients,
  };
}

export interface TrainPassOptions {
  readonly net: Net;
  readonly variables: VariableTable;
  readonly learnt: readonly Learnt[];
  readonly seed: number;
  /** Keeps layers apart, so that what each gives back can be told. */
  readonly debug: boolean;
}

/** Lowers a pass; the builder goes on where it ends. */
export function lowerTrainPass(options: TrainPassOptions): TrainPass {
  const { net, variables, seed, debug } = options;
  const forward = lowerForward(net, variables, {
    stopped: true,
    apart: debug,
    seed,
  });
  const { builder } = forward;
  const outputs = passOutputs(net, forward);
  return {
    forward,
    builder,
    outputs,
    ...gradientsIn(options, forward),
    current: currentIn(forward),
  };
}

/** The value of a variable after a forward pass, which may have stored another. */
export function currentIn(forward: Forward): (variable: Variable) => Value {
  const stored = new Map(
    forward.stores.map(({ variable, value }) => [variable, value]),
  );
  return (variable) =>
    stored.get(variable) ??
    forward.parameters.get(variable) ??
    forward.builder.apply(readVariable, [], { variable });
}
