import { maximum, none } from '../ops/elementwise.js';
import { atLeast, defineLayer, exactly } from './define-layer.js';
import { add, bottomShape, multiply, scalar } from './operands.js';

/**
 * Eltwise (eltwise_layer.cpp): the bottoms, all of one shape, multiplied (PROD), added with
 * `coeff`s (SUM), or the largest of each place (MAX).
 *
 * - C1: `coeff` is given once for each bottom; PROD refuses it, MAX takes no notice of it.
 * - C2: where the first two bottoms of MAX are equal, the second gets the gradient; a later
 *   one gets it only where it is larger than all before.
 * - `stable_prod_grad: false` computes the gradient of PROD by a division, which fails at 0:
 *   it is the same gradient otherwise, and that is what is computed.
 */
export const eltwise = defineLayer({
  type: 'Eltwise',
  bottoms: atLeast(2),
  tops: exactly(1),
  takesDynamicItems: true,
  setUp(context) {
    const { message, bottoms } = context;
    const param = message.get('eltwise_param');
    const shape = bottomShape(context);
    const operation = param.get('operation');
    const coefficients = param.get('coeff');
    if (operation !== 'SUM' && operation !== 'PROD' && operation !== 'MAX') {
      return context.refuse(
        `the operation ${operation} is not supported`,
        param.spanOf('operation'),
      );
    }
    const other = bottoms.findIndex((size) => size.join() !== shape.join());
    if (other !== -1) {
      return context.refuse(
        `bottom ${other} is ${bottoms[other]?.join('x')}, bottom 0 is ${shape.join('x')}`,
        message.spanOf('bottom', other),
      );
    }
    if (coefficients.length > 0 && operation === 'PROD') {
      return context.refuse('coeff is for SUM only', param.spanOf('coeff'));
    }
    if (coefficients.length > 0 && coefficients.length !== bottoms.length) {
      return context.refuse(
        `${coefficients.length} coeffs for ${bottoms.length} bottoms`,
        param.spanOf('coeff'),
      );
    }
    return {
      tops: [shape],
      lower: ({ builder, bottoms: values }) => {
        const terms = values.map((value, index) => {
          const coefficient = coefficients[index] ?? 1;
          return operation !== 'SUM' || coefficient === 1
            ? value
            : multiply(builder, value, scalar(builder, coefficient));
        });
        const result = terms.reduce((left, right) => {
          switch (operation) {
            case 'SUM':
              return add(builder, left, right);
            case 'PROD':
              return multiply(builder, left, right);
            case 'MAX':
              return builder.apply(
                maximum,
                left === terms[0] ? [right, left] : [left, right],
                none,
              );
          }
        });
        return [result];
      },
    };
  },
});
