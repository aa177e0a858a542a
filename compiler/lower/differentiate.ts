import { invariant } from '../diagnostics.js';
import { gradientsOf } from '../ir/autodiff.js';
import type { Builder } from '../ir/builder.js';
import { freshValue } from '../ir/builder.js';
import type { GraphFunction, Named, Value } from '../ir/graph.js';
import { float32 } from '../ir/types.js';
import { add, reshaped, scalar } from '../layers/operands.js';
import type { Blob, Net, Parameter } from '../net/net.js';
import { broadcast, reduceSum, spreadOver } from '../ops/reductions.js';
import { scaleBy } from '../ops/scale-by.js';
import { type Forward, lowerForward } from './forward.js';
import type { VariableTable } from './variable-table.js';

/** Names of what `differentiate` takes and gives beside the blobs themselves. */
export const gradientNames = {
  /** Input: the gradient put on an output that is no loss. */
  top: (blob: string): string => `top/${blob}`,
  /** Output: the gradient of an input blob. */
  input: (blob: string): string => `input/${blob}`,
  /** Output: the gradient of a parameter, in Caffe's shape. */
  parameter: (variable: string): string => `parameter/${variable}`,
  /** Output: the loss of the net. Blobs are often named `loss`. */
  loss: 'total/loss',
} as const;

/** The blobs whose sum, times a weight, is part of the loss. */
const lossBlobs = (net: Net): readonly Blob[] =>
  net.layers
    .flatMap(({ tops }) => tops)
    .filter(({ lossWeight }) => lossWeight !== 0);

/** Whether a solver, or `force_backward`, wants the parameter's gradient. */
const wantsGradient = (net: Net, { spec, lrMult }: Parameter): boolean =>
  spec.statistics !== true && (lrMult !== 0 || net.forceBackward);

const zeros = (builder: Builder, { type }: Value): Value =>
  builder.apply(broadcast, [scalar(builder, 0)], { shape: type.shape });

const made = (forward: Forward, blob: Blob): Value => {
  const value = forward.values.get(blob);
  invariant(value !== undefined, `blob ${blob.name} has no value`);
  return value;
};

/** The sum over the loss blobs of weight * sum of the blob (net.cpp, ForwardFromTo). */
function lossOf(forward: Forward, losses: readonly Blob[]): Value {
  const { builder } = forward;
  return losses.reduce<Value>(
    (sum, blob) => {
      const value = made(forward, blob);
      const axes = value.type.shape.map((_, axis) => axis);
      const total = reshaped(
        builder,
        axes.length === 0 ? value : builder.apply(reduceSum, [value], { axes }),
        [],
      );
      const weighted =
        blob.lossWeight === 1
          ? total
          : builder.apply(scaleBy, [total], { factor: blob.lossWeight });
      return add(builder, sum, weighted);
    },
    scalar(builder, 0),
  );
}

/**
 * One forward and one backward pass: the net's outputs, its loss, and the gradients of its
 * inputs and parameters. Losses start from their weight; the gradients of the other outputs
 * are fed. Moving averages are updated, as in any pass of the phase.
 */
export function differentiateFunction(
  net: Net,
  variables: VariableTable,
): GraphFunction {
  const forward = lowerForward(net, variables, { stopped: true });
  const { builder } = forward;
  const losses = lossBlobs(net);
  const seeds = new Map<Value, Value>();
  // Several blobs may be one value (the tops of a Split): their seeds add up.
  const seed = (value: Value, gradient: Value): void => {
    const before = seeds.get(value);
    seeds.set(
      value,
      before === undefined ? gradient : add(builder, before, gradient),
    );
  };
  for (const blob of losses) {
    const value = made(forward, blob);
    const weight = scalar(builder, blob.lossWeight);
    seed(value, spreadOver(builder, weight, value));
  }
  const fed: Named[] = [];
  for (const blob of net.outputs) {
    if (blob.lossWeight !== 0) continue;
    const value = made(forward, blob);
    const gradient = freshValue(float32(value.type.shape));
    fed.push({ name: gradientNames.top(blob.name), value: gradient });
    seed(value, gradient);
  }
  const wanted = [...forward.parameters].filter(([variable]) =>
    net.layers
      .flatMap(({ parameters }) => parameters)
      .some(
        (each) => variables.of(each) === variable && wantsGradient(net, each),
      ),
  );
  const inputs = forward.inputs;
  const gradients = gradientsOf(
    [...builder.ops],
    seeds,
    [...inputs.map(({ value }) => value), ...wanted.map(([, value]) => value)],
    builder,
  );
  const gradientOf = (value: Value): Value =>
    gradients.get(value) ?? zeros(builder, value);
  return {
    name: 'differentiate',
    inputs: [...inputs, ...fed],
    outputs: [
      ...net.outputs.map((blob) => ({
        name: blob.name,
        value: made(forward, blob),
      })),
      ...(losses.length === 0
        ? []
        : [{ name: gradientNames.loss, value: lossOf(forward, losses) }]),
      ...inputs.map(({ name, value }) => ({
        name: gradientNames.input(name),
        value: gradientOf(value),
      })),
      ...[...forward.parameters]
        .filter(([{ source }]) => source.kind === 'parameter')
        .map(([variable, value]) => ({
          name: gradientNames.parameter(variable.name),
          value: gradientOf(value),
        })),
    ],
    ops: builder.ops,
    stores: forward.stores,
  };
}
