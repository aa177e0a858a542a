import { type ConstantTensor, isOp, type Op, type Value } from '../ir/graph.js';
import { rewriteFunction } from '../ir/rewrite.js';
import { constant } from '../ops/constant.js';
import { onEveryCall } from './pass.js';

const name = 'fold-constants';

/** NaN and infinities follow rules of TensorFlow's kernels, which are not repeated here. */
const isFinite = ({ data }: ConstantTensor): boolean =>
  data.every((value) => Number.isFinite(value));

/**
 * An op on constants becomes its value. Parameters are not constants: what is computed of
 * them is TensorFlow's work.
 *
 *     constant ─ reshape ─ y
 *     constant ─ y
 */
export const foldConstants = onEveryCall<'physical'>(
  name,
  ['choose-layout'],
  (predict) => {
    const known = new Map<Value, ConstantTensor>();
    return rewriteFunction(name, predict, (op: Op, builder) => {
      const [output] = op.outputs;
      if (output === undefined) return undefined;
      if (isOp(op, constant)) {
        known.set(output, op.attributes.tensor);
        return undefined;
      }
      const { evaluate } = op.definition;
      if (evaluate === null || op.inputs.length === 0) return undefined;
      const inputs = op.inputs.flatMap((input) => {
        const tensor = known.get(input);
        return tensor === undefined ? [] : [tensor];
      });
      if (inputs.length < op.inputs.length) return undefined;
      if (!inputs.every(isFinite)) return undefined;
      const tensor = evaluate(inputs, op.attributes);
      if (!isFinite(tensor)) return undefined;
      known.set(output, tensor);
      return [builder.apply(constant, [], { tensor })];
    });
  },
);
