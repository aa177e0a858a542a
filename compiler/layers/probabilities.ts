import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { differentiateAs } from '../ops/differentiate-as.js';
import { log, maximum, none } from '../ops/elementwise.js';
import { scalar } from './operands.js';

/** What a smaller probability counts as (multinomial_logistic_loss_layer.cpp). */
export const smallestProbability = 1e-20;

/**
 * The logarithm of probabilities, small ones held at the smallest; the gradient is one over
 * what was held, not 0.
 */
export function logOfProbability(builder: Builder, x: Value): Value {
  const smallest = scalar(builder, smallestProbability);
  const held = builder.apply(maximum, [x, smallest], none);
  const followed = builder.apply(differentiateAs, [held, x], none);
  return builder.apply(log, [followed], none);
}
