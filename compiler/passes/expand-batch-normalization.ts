import { invariant } from '../diagnostics.js';
import type { Builder } from '../ir/builder.js';
import { isOp, type Op, type Value } from '../ir/graph.js';
import { type Lookup, rewriteFunction } from '../ir/rewrite.js';
import { elementCount, float32, sizeAt } from '../ir/types.js';
import {
  batchNormalization,
  batchNormalizationGradient,
} from '../ops/batch-normalization.js';
import { constant } from '../ops/constant.js';
import { add, multiply, none, rsqrt, subtract } from '../ops/elementwise.js';
import { reduceSum } from '../ops/reductions.js';
import { scaleBy } from '../ops/scale-by.js';
import { reshape } from '../ops/shape-ops.js';
import type { Pass } from './pass.js';

const name = 'expand-batch-normalization';

/**
 * The axes of N, H, W, C that are summed, one after the other. A sum of sums errs by far less
 * than one long row of additions does.
 */
const stages: readonly (readonly number[])[] = [[2], [1], [0]];

/** Ops on images (N, H, W, C) and what there is one of for each channel (1, 1, 1, C). */
class ChannelArithmetic {
  private readonly builder: Builder;

  constructor(builder: Builder) {
    this.builder = builder;
  }

  sum(image: Value): Value {
    return stages.reduce(
      (value, axes) => this.builder.apply(reduceSum, [value], { axes }),
      image,
    );
  }

  scale(x: Value, factor: number): Value {
    return this.builder.apply(scaleBy, [x], { factor });
  }

  mean(image: Value): Value {
    const { shape } = image.type;
    return this.scale(this.sum(image), sizeAt(shape, 3) / elementCount(shape));
  }

  less(a: Value, b: Value): Value {
    return this.builder.apply(subtract, [a, b], none);
  }

  plus(a: Value, b: Value): Value {
    return this.builder.apply(add, [a, b], none);
  }

  times(first: Value, ...others: readonly Value[]): Value {
    return others.reduce(
      (product, other) => this.builder.apply(multiply, [product, other], none),
      first,
    );
  }

  inverseDeviation(variance: Value, epsilon: number): Value {
    const least = this.builder.apply(constant, [], {
      tensor: { type: float32([]), data: Float32Array.of(epsilon) },
    });
    const more = this.plus(variance, least);
    return this.builder.apply(rsqrt, [more], none);
  }

  /** As a vector: C. */
  vector(perChannel: Value): Value {
    const shape = [sizeAt(perChannel.type.shape, 3)];
    return this.builder.apply(reshape, [perChannel], { shape });
  }

  /** A vector (C) as 1, 1, 1, C. */
  perChannel(vector: Value): Value {
    const shape = [1, 1, 1, sizeAt(vector.type.shape, 0)];
    return this.builder.apply(reshape, [vector], { shape });
  }
}

const given = (op: Op, lookup: Lookup, index: number): Value => {
  const value = op.inputs[index];
  invariant(value !== undefined, `${op.definition.name} lacks an input`);
  return lookup(value);
};

/** What the gradient wants back: the image less its mean, and the inverse deviation. */
function forward(
  op: Op<{ readonly epsilon: number }>,
  builder: Builder,
  lookup: Lookup,
): readonly Value[] {
  const channels = new ChannelArithmetic(builder);
  const x = given(op, lookup, 0);
  const count = elementCount(x.type.shape) / sizeAt(x.type.shape, 3);
  const mean = channels.mean(x);
  const centred = channels.less(x, mean);
  const variance = channels.mean(channels.times(centred, centred));
  const inverse = channels.inverseDeviation(variance, op.attributes.epsilon);
  const factor = channels.times(
    inverse,
    channels.perChannel(given(op, lookup, 1)),
  );
  const y = channels.plus(
    channels.times(centred, factor),
    channels.perChannel(given(op, lookup, 2)),
  );
  const unbiased = channels.scale(variance, count / Math.max(count - 1, 1));
  return [
    y,
    channels.vector(mean),
    channels.vector(unbiased),
    centred,
    inverse,
    // For graphics cards alone.
    inverse,
  ];
}

/**
 * With z the centred image over its deviation and g the gradient of the result: of the offset
 * sum(g), of the scale sum(g z), of the image scale / deviation * (g - mean(g) - z mean(g z)).
 */
function backward(op: Op, builder: Builder, lookup: Lookup): readonly Value[] {
  const channels = new ChannelArithmetic(builder);
  const gradient = given(op, lookup, 0);
  const [centred, inverse] = [given(op, lookup, 3), given(op, lookup, 4)];
  const { shape } = gradient.type;
  const share = sizeAt(shape, 3) / elementCount(shape);
  const ofOffset = channels.sum(gradient);
  const ofScale = channels.times(
    channels.sum(channels.times(gradient, centred)),
    inverse,
  );
  const factor = channels.times(
    inverse,
    channels.perChannel(given(op, lookup, 2)),
  );
  const along = channels.scale(
    channels.times(ofScale, inverse, factor),
    -share,
  );
  const shift = channels.scale(channels.times(ofOffset, factor), -share);
  const ofImage = channels.plus(
    channels.plus(
      channels.times(gradient, factor),
      channels.times(centred, along),
    ),
    shift,
  );
  return [ofImage, channels.vector(ofScale), channels.vector(ofOffset)];
}

/**
 * Normalisation over a batch as sums and products: TensorFlow's own kernels for processors add
 * up a channel in one long row, whose rounding is a hundred times that of Caffe's sums, and
 * their gradient is slower than its parts:
 *
 *     x ─ batchNormalization ─ y, mean, variance
 *     x ─ sum ─ sum ─ mean;  x - mean = z ─ z * z ─ sum ─ sum ─ variance;  z * factor + offset = y
 */
export const expandBatchNormalization: Pass<'physical', 'physical'> = {
  name,
  after: ['choose-layout'],
  run: (graph) => ({
    ...graph,
    functions: graph.functions.map((subject) =>
      rewriteFunction(name, subject, (op, builder, lookup) => {
        if (isOp(op, batchNormalization) && op.attributes.format === 'NHWC')
          return forward(op, builder, lookup);
        if (
          isOp(op, batchNormalizationGradient) &&
          op.attributes.format === 'NHWC'
        )
          return backward(op, builder, lookup);
        return undefined;
      }),
    ),
  }),
};
