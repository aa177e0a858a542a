import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { elementCount } from '../ir/types.js';
import { differentiateAs } from '../ops/differentiate-as.js';
import {
  abs,
  negate,
  none,
  relu,
  softplus,
  stopGradient,
} from '../ops/elementwise.js';
import { defineLayer, exactly } from './define-layer.js';
import { checkFirstAxis, labelsOf } from './labels.js';
import {
  ignoredLabel,
  normalizationOf,
  normalizedLoss,
} from './loss-normalization.js';
import {
  add,
  bottom,
  bottomShape,
  multiply,
  reshaped,
  subtract,
} from './operands.js';
import { countOf } from './quantity.js';

/**
 * log(1 + exp(x)) - x * t, written so that no large numbers cancel; that form has kinks which
 * the whole has not, so the gradient, sigmoid(x) - t, is taken of the short one.
 */
function crossEntropy(builder: Builder, x: Value, targets: Value): Value {
  const product = multiply(builder, x, targets);
  const size = builder.apply(abs, [x], none);
  const minus = builder.apply(negate, [size], none);
  const value = add(
    builder,
    subtract(builder, builder.apply(relu, [x], none), product),
    builder.apply(softplus, [minus], none),
  );
  const short = subtract(builder, builder.apply(softplus, [x], none), product);
  return builder.apply(differentiateAs, [value, short], none);
}

/**
 * SigmoidCrossEntropyLoss (sigmoid_cross_entropy_loss_layer.cpp): the cross entropy between
 * sigmoid(x) and targets in [0, 1]. Bottoms: x, and as many targets, which get no gradient.
 * Top: a blob without axes.
 *
 * - C1: divided by N where nothing else is written (BATCH_SIZE; SoftmaxWithLoss: VALID); FULL
 *   is the number of all elements, VALID of those not ignored, NONE 1.
 * - C2: `loss_param.ignore_label` is compared with targets that are cut to integers.
 */
export const sigmoidCrossEntropyLoss = defineLayer({
  type: 'SigmoidCrossEntropyLoss',
  bottoms: exactly(2),
  tops: exactly(1),
  isLoss: true,
  takesDynamicItems: true,
  setUp(context) {
    const param = context.message.get('loss_param');
    const shape = bottomShape(context);
    const targetShape = bottomShape(context, 1);
    const normalization = normalizationOf(context, param, 'BATCH_SIZE');
    if (normalization === undefined) return undefined;
    if (!checkFirstAxis(context)) return undefined;
    if (elementCount(shape) !== elementCount(targetShape)) {
      return context.refuse(
        `${elementCount(targetShape)} targets for ${elementCount(shape)} numbers`,
        context.message.spanOf('bottom', 1),
      );
    }
    const ignored = ignoredLabel(param);
    return {
      tops: [[]],
      lower: ({ builder, bottoms }) => {
        const x = bottom({ bottoms });
        const targets = builder.apply(
          stopGradient,
          [reshaped(builder, bottom({ bottoms }, 1), shape)],
          none,
        );
        const { counts } = labelsOf(builder, targets, ignored);
        const loss = normalizedLoss(builder, {
          each: crossEntropy(builder, x, targets),
          counts: counts && reshaped(builder, counts, shape),
          normalization,
          batch: countOf(builder, x, 1),
        });
        return [loss];
      },
    };
  },
});
