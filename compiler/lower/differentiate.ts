import { gradientsOf } from '../ir/autodiff.js';
import type { Builder } from '../ir/builder.js';
import { freshValue } from '../ir/builder.js';
import type { GraphFunction, Named, Value } from '../ir/graph.js';
import { float32 } from '../ir/types.js';
import { scalar } from '../layers/operands.js';
import type { Net } from '../net/net.js';
import { broadcast } from '../ops/reductions.js';
import { lowerForward } from './forward.js';
import { lossBlobs, lossOf, Seeds, valueOf, wantsGradient } from './loss.js';
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

const zeros = (builder: Builder, { type }: Value): Value =>
  builder.apply(broadcast, [scalar(builder, 0)], { shape: type.shape });

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
  const seeds = new Seeds(builder);
  seeds.addLosses(forward, losses);
  const fed: Named[] = [];
  for (const blob of net.outputs) {
    if (blob.lossWeight !== 0) continue;
    const value = valueOf(forward, blob);
    const gradient = freshValue(float32(value.type.shape));
    fed.push({ name: gradientNames.top(blob.name), value: gradient });
    seeds.add(value, gradient);
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
    seeds.byValue,
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
        value: valueOf(forward, blob),
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
