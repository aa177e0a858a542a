import { invariant } from '../diagnostics.js';
import type { OpDefinition } from '../ir/graph.js';
import { sameType } from '../ir/types.js';
import type { NoAttributes } from './elementwise.js';
import { inputType, operand } from './operand.js';

/**
 * The first input, with the gradient of the second: for what Caffe computes in one way and
 * differentiates in another. No gradient flows into the first input, and the second is not
 * computed.
 */
export const differentiateAs: OpDefinition<NoAttributes> = {
  name: 'differentiateAs',
  stages: ['logical', 'physical'],
  layout: { kind: 'elementwise' },
  infer: (inputs) => {
    const value = inputType(inputs, 0);
    invariant(
      sameType(value, inputType(inputs, 1)),
      'differentiateAs of two types',
    );
    return [value];
  },
  gradient: (_, [gradient]) => [undefined, gradient],
  evaluate: ([value]) => {
    invariant(value !== undefined, 'differentiateAs lacks its input');
    return value;
  },
  // No node: whoever reads the result reads the first input.
  emit: (op, emitter) => [emitter.tensor(operand(op, 0))],
};
