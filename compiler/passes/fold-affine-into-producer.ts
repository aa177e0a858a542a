import { invariant } from '../diagnostics.js';
import type { Builder } from '../ir/builder.js';
import { isOp, type Op, type Value } from '../ir/graph.js';
import { type Lookup, rewriteFunction } from '../ir/rewrite.js';
import { elementCount } from '../ir/types.js';
import { conv2d } from '../ops/convolution.js';
import { add, multiply, none } from '../ops/elementwise.js';
import { matMul } from '../ops/mat-mul.js';
import { operand } from '../ops/operand.js';
import { reshape } from '../ops/shape-ops.js';
import {
  type AffineChain,
  type AffineChains,
  affineChains,
  affineOf,
  overChannelAxis,
} from './affine.js';
import { onPredict } from './pass.js';

const name = 'fold-affine-into-producer';

/** The convolution or matrix product whose only reader is the chain, if its weights are static. */
function foldableProducer(
  { x }: AffineChain,
  { uses, statics }: AffineChains,
): Op | undefined {
  const producer = uses.producer(x);
  if (producer === undefined || !uses.hasOneUse(x)) return undefined;
  if (!isOp(producer, conv2d) && !isOp(producer, matMul)) return undefined;
  return statics.has(operand(producer, 1)) ? producer : undefined;
}

/** Nothing to gain: the bias of the convolution itself. */
const isOneAddition = ({ steps, end }: AffineChain): boolean =>
  steps.length === 1 && isOp(end, add);

/** The same op with its weights multiplied, output channel by output channel. */
function scaled(
  producer: Op,
  scale: Value,
  builder: Builder,
  lookup: Lookup,
): Value {
  const x = lookup(operand(producer, 0));
  const weights = lookup(operand(producer, 1));
  const channels = elementCount(scale.type.shape);
  const along = (shape: readonly number[]): Value =>
    builder.apply(
      multiply,
      [weights, builder.apply(reshape, [scale], { shape })],
      none,
    );
  if (isOp(producer, conv2d)) {
    return builder.apply(
      conv2d,
      [x, along([channels, 1, 1, 1])],
      producer.attributes,
    );
  }
  invariant(
    isOp(producer, matMul),
    `${producer.definition.name} has no weights`,
  );
  const { attributes } = producer;
  const rows = attributes.transposeB ? [channels, 1] : [1, channels];
  return builder.apply(matMul, [x, along(rows)], attributes);
}

/**
 * A convolution or matrix product takes over the scale that follows it, and one addition is
 * left of the shift:
 *
 *     x ─ conv(w) ─ sub(mean) ─ mul(inv_std) ─ mul(slope) ─ add(bias) ─ y
 *     x ─ conv(w * scale) ─ add(shift) ─ y
 */
export const foldAffineIntoProducer = onPredict<'logical'>(
  name,
  [],
  (predict) => {
    const chains = affineChains(predict);
    return rewriteFunction(name, predict, (op, builder, lookup) => {
      const chain = chains.byEnd.get(op);
      if (chain === undefined || isOneAddition(chain)) return undefined;
      const producer = foldableProducer(chain, chains);
      if (producer === undefined) return undefined;
      const { scale, shift } = affineOf(chain, builder, lookup);
      const product =
        scale === undefined
          ? lookup(chain.x)
          : // What fails there is the product's fault, not the scale's.
            builder.at({ ...producer.origin, pass: name }, () =>
              scaled(producer, scale, builder, lookup),
            );
      if (shift === undefined) return [product];
      const rank = product.type.shape.length;
      return [
        builder.apply(
          add,
          [product, overChannelAxis(builder, shift, rank)],
          none,
        ),
      ];
    });
  },
);
