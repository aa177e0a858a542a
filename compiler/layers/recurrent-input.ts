import type { Value } from '../ir/graph.js';
import { sizeAt } from '../ir/types.js';
import { broadcast } from '../ops/reductions.js';
import type { LowerContext } from './define-layer.js';
import { add, bottom, overChannels, parameter, reshaped } from './operands.js';
import { product, type Recurrent } from './recurrent.js';

/**
 * What the inputs of all steps contribute, in one product: W x + b + W_static x_static, a row
 * for each step and stream. The blobs are 0 (W), 1 (b), and 2 (W_static) with a static input.
 */
export function inputSums(
  context: LowerContext,
  { steps, streams, inputs, statics }: Recurrent,
): Value {
  const { builder } = context;
  const x = reshaped(builder, bottom(context), [steps * streams, inputs]);
  const weighted = product(builder, x, parameter(context, 0));
  const bias = overChannels(builder, parameter(context, 1), 2);
  const sums = add(builder, weighted, bias);
  if (statics === undefined) return sums;
  const same = product(
    builder,
    reshaped(builder, bottom(context, 2), [streams, statics]),
    parameter(context, 2),
  );
  const width = sizeAt(same.type.shape, 1);
  const everywhere = builder.apply(
    broadcast,
    [reshaped(builder, same, [1, streams, width])],
    { shape: [steps, streams, width] },
  );
  return add(
    builder,
    sums,
    reshaped(builder, everywhere, [steps * streams, width]),
  );
}
