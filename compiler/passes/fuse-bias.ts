import { isOp, type Op, type Value } from '../ir/graph.js';
import { rewriteFunction } from '../ir/rewrite.js';
import { elementCount, type Shape, sizeAt } from '../ir/types.js';
import { usesOf } from '../ir/uses.js';
import { conv2d } from '../ops/convolution.js';
import { add, none } from '../ops/elementwise.js';
import { biasAdd } from '../ops/image-ops.js';
import { matMul } from '../ops/mat-mul.js';
import { reshape } from '../ops/shape-ops.js';
import { onEveryCall } from './pass.js';
import { staticValues } from './static-values.js';

const name = 'fuse-bias';

/** One number for each entry of the last axis, and nothing else. */
const isBias = (operand: Shape, x: Shape): boolean =>
  operand.length <= x.length &&
  elementCount(operand) === sizeAt(x, x.length - 1) &&
  sizeAt(operand, operand.length - 1) === elementCount(operand);

/**
 * The addition after a convolution or matrix product becomes BiasAdd, so that TensorFlow's
 * Grappler makes one `_FusedConv2D` (`_FusedMatMul`) of the two and of a Relu behind them:
 *
 *     x ─ conv2d ─ add(1,1,1,C) ─ relu ─ y
 *     x ─ conv2d ─ biasAdd(C) ─ relu ─ y
 */
export const fuseBias = onEveryCall<'physical'>(
  name,
  ['choose-layout'],
  (predict) => {
    const uses = usesOf(predict);
    const statics = staticValues(predict);
    const producesSum = (value: Value): boolean => {
      const producer: Op | undefined = uses.producer(value);
      return (
        (isOp(producer, conv2d) || isOp(producer, matMul)) &&
        uses.hasOneUse(value)
      );
    };
    return rewriteFunction(name, predict, (op, builder, lookup) => {
      if (!isOp(op, add)) return undefined;
      const [left, right] = op.inputs;
      if (left === undefined || right === undefined) return undefined;
      const [x, bias] = statics.has(right) ? [left, right] : [right, left];
      if (!statics.has(bias) || !producesSum(x)) return undefined;
      if (
        bias.type.shape.length === 0 ||
        !isBias(bias.type.shape, x.type.shape)
      ) {
        return undefined;
      }
      const vector = builder.apply(reshape, [lookup(bias)], {
        shape: [elementCount(bias.type.shape)],
      });
      return [builder.apply(biasAdd, [lookup(x), vector], none)];
    });
  },
);
