import { sizeAt } from '../ir/types.js';
import { none } from '../ops/elementwise.js';
import { pick } from '../ops/index-ops.js';
import { countBetween } from './axis.js';
import { defineLayer, exactly } from './define-layer.js';
import { checkFirstAxis, checkLabelPerItem, labelsOf } from './labels.js';
import { sumOf } from './loss-normalization.js';
import { bottom, bottomShape, reshaped } from './operands.js';
import { logOfProbability } from './probabilities.js';
import { dividedBy } from './quantity.js';

/**
 * MultinomialLogisticLoss (multinomial_logistic_loss_layer.cpp): minus the logarithm of the
 * label's probability, over the number of items. Bottoms: probabilities, N and the classes on
 * all other axes; N labels. Top: a blob without axes.
 *
 * - C1: a probability below 1e-20 counts as 1e-20, in the loss and in the gradient.
 * - C2: labels are cut to integers. One that is no class fails at run time.
 */
export const multinomialLogisticLoss = defineLayer({
  type: 'MultinomialLogisticLoss',
  bottoms: exactly(2),
  tops: exactly(1),
  isLoss: true,
  setUp(context) {
    const shape = bottomShape(context);
    if (!checkFirstAxis(context)) return undefined;
    if (!checkLabelPerItem(context)) return undefined;
    const items = sizeAt(shape, 0);
    const classes = countBetween(shape, 1);
    return {
      tops: [[]],
      lower: ({ builder, bottoms }) => {
        const x = reshaped(builder, bottom({ bottoms }), [items, classes]);
        const { indices } = labelsOf(builder, bottom({ bottoms }, 1));
        const chosen = builder.apply(pick, [x, indices], none);
        const logarithms = logOfProbability(builder, chosen);
        return [dividedBy(builder, sumOf(builder, logarithms), -items)];
      },
    };
  },
});
