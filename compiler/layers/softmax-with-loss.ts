import { invariant } from '../diagnostics.js';
import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { float32, sizeAt } from '../ir/types.js';
import { constant } from '../ops/constant.js';
import { softmaxCrossEntropy } from '../ops/cross-entropy.js';
import { differentiateAs } from '../ops/differentiate-as.js';
import { minimum, none, stopGradient } from '../ops/elementwise.js';
import { gather } from '../ops/index-ops.js';
import { softmax } from '../ops/softmax.js';
import type { Message } from '../schema/message.js';
import { canonicalAxis } from './axis.js';
import {
  between,
  defineLayer,
  exactly,
  type SetUpContext,
} from './define-layer.js';
import {
  checkFirstAxis,
  checkLabelCount,
  labelsOf,
  scoreRows,
} from './labels.js';
import {
  ignoredLabel,
  normalizationOf,
  normalizedLoss,
} from './loss-normalization.js';
import { bottom, bottomShape, multiply, scalar } from './operands.js';
import { countOf } from './quantity.js';

/** -log of the smallest normal float32: the loss of a probability of 0. */
const largestLoss = 87.33654475;

/** SoftmaxWithLoss-C5: a weight for each class, or none; tells where the number is wrong. */
function classWeights(
  context: SetUpContext,
  param: Message<'LossParameter'>,
  classes: number,
): readonly number[] | undefined {
  if (!param.get('weight_by_label_freqs')) return [];
  const weights = param.get('class_weighting');
  if (weights.length === classes) return weights;
  return context.refuse(
    `class_weighting must have a weight for each of the ${classes} classes, not ${weights.length}`,
    param.spanOf(
      weights.length === 0 ? 'weight_by_label_freqs' : 'class_weighting',
    ),
  );
}

/** Each loss times the weight of its label, where there are weights. */
function weighted(
  builder: Builder,
  losses: Value,
  labels: Value,
  weights: readonly number[],
): Value {
  if (weights.length === 0) return losses;
  const table = builder.apply(constant, [], {
    tensor: {
      type: float32([weights.length]),
      data: Float32Array.from(weights),
    },
  });
  const each = builder.apply(gather, [table, labels], none);
  return multiply(builder, losses, each);
}

/**
 * SoftmaxWithLoss (softmax_loss_layer.cpp): minus the logarithm of the probability that a
 * softmax along `softmax_param.axis` (1) gives the label. Bottoms: scores, and a label for
 * each place of the other axes, in any shape. Tops: the loss, a blob without axes; and, if
 * there is a second one, the probabilities, through which no gradient comes.
 *
 * - C1: divided by the number of labels that are not ignored (VALID), of all (FULL), by the
 *   product of the axes before `axis` (BATCH_SIZE) or by nothing (NONE); by 1 at least.
 * - C2: `loss_param.ignore_label` costs nothing and has no gradient.
 * - C3: a probability of 0 counts as the smallest normal float32 in the loss, and as 0 in the
 *   gradient.
 * - C4: labels are cut to integers. One that is no class fails at run time.
 * - C5: SegNet's `weight_by_label_freqs` multiplies each loss by the `class_weighting` of its
 *   label; what it is divided by stays the same.
 */
export const softmaxWithLoss = defineLayer({
  type: 'SoftmaxWithLoss',
  bottoms: exactly(2),
  tops: between(1, 2),
  isLoss: true,
  takesDynamicItems: true,
  foreignOptions: [
    'loss_param.weight_by_label_freqs',
    'loss_param.class_weighting',
  ],
  setUp(context) {
    const softmaxParam = context.message.get('softmax_param');
    const lossParam = context.message.get('loss_param');
    const shape = bottomShape(context);
    const axis = canonicalAxis(
      context,
      softmaxParam.get('axis'),
      shape.length,
      softmaxParam.spanOf('axis'),
    );
    const normalization = normalizationOf(context, lossParam, 'VALID');
    if (axis === undefined || normalization === undefined) return undefined;
    if (!checkFirstAxis(context)) return undefined;
    if (!checkLabelCount(context, axis)) return undefined;
    const weights = classWeights(context, lossParam, sizeAt(shape, axis));
    if (weights === undefined) return undefined;
    return {
      tops: [[], shape].slice(0, context.topCount),
      lower: ({ builder, bottoms }) => {
        const x = bottom({ bottoms });
        const { indices, counts } = labelsOf(
          builder,
          bottom({ bottoms }, 1),
          ignoredLabel(lossParam),
        );
        const rows = scoreRows(builder, x, axis);
        const [exact] = builder.applyAll(
          softmaxCrossEntropy,
          [rows, indices],
          none,
        );
        invariant(exact !== undefined, 'softmaxCrossEntropy has no output');
        const limit = scalar(builder, largestLoss);
        const limited = builder.apply(minimum, [exact, limit], none);
        const loss = normalizedLoss(builder, {
          each: weighted(
            builder,
            builder.apply(differentiateAs, [limited, exact], none),
            indices,
            weights,
          ),
          counts,
          normalization,
          batch: countOf(builder, x, axis),
        });
        if (context.topCount === 1) return [loss];
        const scores = builder.apply(stopGradient, [x], none);
        return [loss, builder.apply(softmax, [scores], { axis })];
      },
    };
  },
});
