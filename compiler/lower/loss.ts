import { invariant } from '../diagnostics.js';
import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { add, reshaped, scalar } from '../layers/operands.js';
import type { Blob, Net, Parameter } from '../net/net.js';
import { reduceSum, spreadOver } from '../ops/reductions.js';
import { scaleBy } from '../ops/scale-by.js';
import type { Forward } from './forward.js';

/** The blobs whose sum, times a weight, is part of the loss. */
export const lossBlobs = (net: Net): readonly Blob[] =>
  net.layers
    .flatMap(({ tops }) => tops)
    .filter(({ lossWeight }) => lossWeight !== 0);

/** Whether a solver, or `force_backward`, wants the parameter's gradient. */
export const wantsGradient = (net: Net, { spec, lrMult }: Parameter): boolean =>
  spec.statistics !== true && (lrMult !== 0 || net.forceBackward);

/** The value of a blob, as its layer made it. */
export const valueOf = (forward: Forward, blob: Blob): Value => {
  const value = forward.values.get(blob);
  invariant(value !== undefined, `blob ${blob.name} has no value`);
  return value;
};

/** The sum over the loss blobs of weight * sum of the blob (net.cpp, ForwardFromTo). */
export function lossOf(forward: Forward, losses: readonly Blob[]): Value {
  const { builder } = forward;
  return losses.reduce<Value>(
    (sum, blob) => {
      const value = valueOf(forward, blob);
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

/** Gradients that a backward pass starts from. */
export class Seeds {
  readonly byValue = new Map<Value, Value>();
  private readonly builder: Builder;

  constructor(builder: Builder) {
    this.builder = builder;
  }

  /** Several blobs may be one value (the tops of a Split): their seeds add up. */
  add(value: Value, gradient: Value): void {
    const before = this.byValue.get(value);
    this.byValue.set(
      value,
      before === undefined ? gradient : add(this.builder, before, gradient),
    );
  }

  /** Losses start from their weight. */
  addLosses(forward: Forward, losses: readonly Blob[]): void {
    for (const blob of losses) {
      const value = valueOf(forward, blob);
      const weight = scalar(this.builder, blob.lossWeight);
      this.add(value, spreadOver(this.builder, weight, value));
    }
  }
}
