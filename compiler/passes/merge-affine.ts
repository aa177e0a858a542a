import { rewriteFunction } from '../ir/rewrite.js';
import { add, multiply, none } from '../ops/elementwise.js';
import { affineChains, affineOf, overChannelAxis } from './affine.js';
import { onPredict } from './pass.js';

const name = 'merge-affine';

/**
 * What no convolution has taken over becomes one multiplication and one addition:
 *
 *     x ─ sub(mean) ─ mul(inv_std) ─ mul(slope) ─ add(bias) ─ y
 *     x ─ mul(scale) ─ add(shift) ─ y
 */
export const mergeAffine = onPredict<'logical'>(
  name,
  ['fold-affine-into-producer', 'fold-affine-into-consumer'],
  (predict) => {
    const chains = affineChains(predict);
    return rewriteFunction(name, predict, (op, builder, lookup) => {
      const chain = chains.byEnd.get(op);
      if (chain === undefined || chain.steps.length < 2) return undefined;
      const { scale, shift } = affineOf(chain, builder, lookup);
      const rank = chain.x.type.shape.length;
      const x = lookup(chain.x);
      const product =
        scale === undefined
          ? x
          : builder.apply(
              multiply,
              [x, overChannelAxis(builder, scale, rank)],
              none,
            );
      return [
        shift === undefined
          ? product
          : builder.apply(
              add,
              [product, overChannelAxis(builder, shift, rank)],
              none,
            ),
      ];
    });
  },
);
