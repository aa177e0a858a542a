import { gradientsOf } from '../../ir/autodiff.js';
import type { Builder } from '../../ir/builder.js';
import type { Named, Value, Variable } from '../../ir/graph.js';
import type { Net } from '../../net/net.js';
import { readVariable } from '../../ops/constant.js';
import { type Forward, lowerForward } from '../forward.js';
import { lossBlobs, lossOf, Seeds, valueOf } from '../loss.js';
import type { VariableTable } from '../variable-table.js';
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
  net: Net,
  forward: Forward,
  learnt: readonly Learnt[],
): ReadonlyMap<Learnt, Value> {
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
    wanted.map(([, value]) => value),
    builder,
  );
  return new Map(
    wanted.flatMap(([each, value]) => {
      const gradient = gradients.get(value);
      return gradient === undefined ? [] : [[each, gradient] as const];
    }),
  );
}

export interface TrainPassOptions {
  readonly net: Net;
  readonly variables: VariableTable;
  readonly learnt: readonly Learnt[];
  readonly seed: number;
}

/** Lowers a pass; the builder goes on where it ends. */
export function lowerTrainPass(options: TrainPassOptions): TrainPass {
  const { net, variables, learnt, seed } = options;
  const forward = lowerForward(net, variables, { stopped: true, seed });
  const { builder } = forward;
  const outputs = passOutputs(net, forward);
  const gradients = gradientsIn(net, forward, learnt);
  const stored = new Map(
    forward.stores.map(({ variable, value }) => [variable, value]),
  );
  return {
    forward,
    builder,
    outputs,
    gradients,
    current: (variable) =>
      stored.get(variable) ??
      forward.parameters.get(variable) ??
      builder.apply(readVariable, [], { variable }),
  };
}
