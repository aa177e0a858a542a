import { sizeAt } from '../ir/types.js';
import { none, relu, square } from '../ops/elementwise.js';
import { oneHot } from '../ops/index-ops.js';
import { scaleBy } from '../ops/scale-by.js';
import { countBetween } from './axis.js';
import { defineLayer, exactly } from './define-layer.js';
import { checkFirstAxis, checkLabelPerItem, labelsOf } from './labels.js';
import { sumOf } from './loss-normalization.js';
import {
  add,
  bottom,
  bottomShape,
  multiply,
  reshaped,
  scalar,
  subtract,
} from './operands.js';
import { dividedBy } from './quantity.js';

/**
 * HingeLoss (hinge_loss_layer.cpp): max(0, 1 - t * x), t = 1 for the label and -1 for every
 * other class, or its square (`norm: L2`), summed and over the number of items. Bottoms:
 * scores, N and the classes on all other axes; N labels. Top: a blob without axes.
 *
 * - C1: at the margin itself the gradient is 0.
 * - C2: labels are cut to integers.
 */
export const hingeLoss = defineLayer({
  type: 'HingeLoss',
  bottoms: exactly(2),
  tops: exactly(1),
  isLoss: true,
  setUp(context) {
    const param = context.message.get('hinge_loss_param');
    const norm: string = param.get('norm');
    const shape = bottomShape(context);
    if (norm !== 'L1' && norm !== 'L2') {
      return context.refuse(
        `the norm ${norm} is not supported`,
        param.spanOf('norm'),
      );
    }
    if (!checkFirstAxis(context)) return undefined;
    if (!checkLabelPerItem(context)) return undefined;
    const items = sizeAt(shape, 0);
    const classes = countBetween(shape, 1);
    return {
      tops: [[]],
      lower: ({ builder, bottoms }) => {
        const x = reshaped(builder, bottom({ bottoms }), [items, classes]);
        const { indices } = labelsOf(builder, bottom({ bottoms }, 1));
        const isLabel = builder.apply(oneHot, [indices], { depth: classes });
        const doubled = builder.apply(scaleBy, [isLabel], { factor: 2 });
        const minusTarget = subtract(builder, scalar(builder, 1), doubled);
        const margins = builder.apply(
          relu,
          [add(builder, multiply(builder, x, minusTarget), scalar(builder, 1))],
          none,
        );
        const costs =
          norm === 'L1' ? margins : builder.apply(square, [margins], none);
        return [dividedBy(builder, sumOf(builder, costs), items)];
      },
    };
  },
});
