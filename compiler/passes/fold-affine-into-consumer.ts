import type { Builder } from '../ir/builder.js';
import { isOp, type Op, type Value } from '../ir/graph.js';
import { rewriteFunction } from '../ir/rewrite.js';
import { elementCount, sizeAt } from '../ir/types.js';
import { conv2d } from '../ops/convolution.js';
import { add, multiply, none } from '../ops/elementwise.js';
import { operand, result } from '../ops/operand.js';
import { broadcast, reduceSum } from '../ops/reductions.js';
import { reshape } from '../ops/shape-ops.js';
import type { Conv2dAttributes } from '../ops/window.js';
import {
  type AffineChain,
  type AffineChains,
  affineChains,
  affineOf,
  overChannelAxis,
} from './affine.js';
import { onPredict } from './pass.js';

const name = 'fold-affine-into-consumer';

/** Zeros around the image are not shifted, so a shift may not come before them. */
const hasMargins = ({ margins }: Conv2dAttributes): boolean =>
  margins.flat().some((size) => size !== 0);

/** The chain before a convolution that alone reads it, if nothing stands in the way. */
function foldableChain(
  consumer: Op,
  { uses, statics, byEnd }: AffineChains,
): AffineChain | undefined {
  if (!isOp(consumer, conv2d) || !statics.has(operand(consumer, 1))) {
    return undefined;
  }
  const x = operand(consumer, 0);
  const producer = uses.producer(x);
  const chain = producer === undefined ? undefined : byEnd.get(producer);
  if (chain === undefined || !uses.hasOneUse(result(chain.end))) {
    return undefined;
  }
  const shifts = chain.steps.some(({ op }) =>
    ['add', 'subtract'].includes(op.definition.name),
  );
  return shifts && hasMargins(consumer.attributes) ? undefined : chain;
}

/**
 * A vector over the input channels in the shape that broadcasts over a filter
 * O, I/groups, H, W seen as groups, O/groups, I/groups, H, W.
 */
function overInputs(
  builder: Builder,
  vector: Value,
  channels: number,
  groups: number,
): Value {
  const full =
    elementCount(vector.type.shape) === channels
      ? vector
      : builder.apply(broadcast, [vector], { shape: [channels] });
  return builder.apply(reshape, [full], {
    shape: [groups, 1, channels / groups, 1, 1],
  });
}

/**
 * A convolution takes over what is multiplied and added before it, where it adds no zeros
 * around the image (or where nothing is added):
 *
 *     x ─ mul(a) ─ add(b) ─ conv(w) ─ y
 *     x ─ conv(w * a) ─ add(sum over inputs of w * b) ─ y
 */
export const foldAffineIntoConsumer = onPredict<'logical'>(
  name,
  ['fold-affine-into-producer'],
  (predict) => {
    const chains = affineChains(predict);
    return rewriteFunction(name, predict, (op, builder, lookup) => {
      const chain = foldableChain(op, chains);
      if (chain === undefined || !isOp(op, conv2d)) return undefined;
      const { groups } = op.attributes;
      const filter = lookup(operand(op, 1));
      const [outputs = 0, perGroup = 0, height = 0, width = 0] =
        filter.type.shape;
      const channels = sizeAt(chain.x.type.shape, 1);
      const grouped = builder.apply(reshape, [filter], {
        shape: [groups, outputs / groups, perGroup, height, width],
      });
      const { scale, shift } = affineOf(chain, builder, lookup);
      const times = (vector: Value): Value =>
        builder.apply(
          multiply,
          [grouped, overInputs(builder, vector, channels, groups)],
          none,
        );
      const weights =
        scale === undefined
          ? filter
          : builder.apply(reshape, [times(scale)], {
              shape: filter.type.shape,
            });
      const y = builder.apply(
        conv2d,
        [lookup(chain.x), weights],
        op.attributes,
      );
      if (shift === undefined) return [y];
      const sums = builder.apply(reduceSum, [times(shift)], {
        axes: [2, 3, 4],
      });
      const bias = builder.apply(reshape, [sums], { shape: [outputs] });
      return [builder.apply(add, [y, overChannelAxis(builder, bias, 4)], none)];
    });
  },
);
