import { isOp, type Op, type Value } from '../ir/graph.js';
import { rewriteFunction } from '../ir/rewrite.js';
import { constant, readVariable, tap } from '../ops/constant.js';
import { onEveryCall } from './pass.js';

const name = 'merge-repeated-ops';

/** Attributes as a text that is equal where they are; undefined where that cannot be told cheaply. */
function attributesKey(op: Op): string | undefined {
  if (isOp(op, tap)) return undefined;
  if (isOp(op, readVariable)) return op.attributes.variable.name;
  if (isOp(op, constant)) {
    const { type, data } = op.attributes.tensor;
    if (data.length > 4096) return undefined;
    // As bits, which tell 0 from -0.
    const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
    return `${type.dtype} ${type.shape.join()} ${bits.join()}`;
  }
  return JSON.stringify(op.attributes);
}

/**
 * Of ops that do the same with the same inputs one stays:
 *
 *     x ─ relu ─ a      x ─┬ relu ─ a
 *     x ─ relu ─ b         └ (the same) b
 */
export const mergeRepeatedOps = onEveryCall<'physical'>(
  name,
  ['fold-constants'],
  (predict) => {
    const seen = new Map<string, readonly Value[]>();
    return rewriteFunction(name, predict, (op, builder, lookup) => {
      const attributes = attributesKey(op);
      if (attributes === undefined) return undefined;
      const inputs = op.inputs.map(lookup);
      const key = `${op.definition.name}(${inputs.map(({ id }) => id).join()}) ${attributes}`;
      const earlier = seen.get(key);
      if (earlier !== undefined) return earlier;
      const outputs = builder.at(op.origin, () =>
        builder.applyAll(op.definition, inputs, op.attributes),
      );
      seen.set(key, outputs);
      return outputs;
    });
  },
);
