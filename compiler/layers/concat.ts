import { concat as concatOp } from '../ops/axis-ops.js';
import { canonicalAxis } from './axis.js';
import { atLeast, defineLayer, exactly } from './define-layer.js';
import { bottomShape } from './operands.js';

/**
 * Concat (concat_layer.cpp): the bottoms one after another along `axis` (1; `concat_dim` is its
 * old name, not to be given beside it). The other axes must agree.
 */
export const concat = defineLayer({
  type: 'Concat',
  bottoms: atLeast(1),
  tops: exactly(1),
  setUp(context) {
    const { message, bottoms } = context;
    const param = message.get('concat_param');
    const shape = bottomShape(context);
    const field = param.has('concat_dim') ? 'concat_dim' : 'axis';
    if (param.has('axis') && param.has('concat_dim')) {
      return context.refuse(
        'give axis or concat_dim, not both',
        param.spanOf('concat_dim'),
      );
    }
    const axis = canonicalAxis(
      context,
      param.get(field),
      shape.length,
      param.spanOf(field),
    );
    if (axis === undefined) return undefined;
    const misfit = bottoms.findIndex(
      (other) =>
        other.length !== shape.length ||
        other.some((size, at) => at !== axis && size !== shape[at]),
    );
    if (misfit !== -1) {
      return context.refuse(
        `bottom ${misfit} is ${bottoms[misfit]?.join('x')}, bottom 0 is ${shape.join('x')}; they may differ along axis ${axis} only`,
        message.spanOf('bottom', misfit),
      );
    }
    const size = bottoms.reduce((sum, other) => sum + (other[axis] ?? 0), 0);
    return {
      tops: [shape.with(axis, size)],
      lower: ({ builder, bottoms: values }) =>
        values.length === 1
          ? values
          : [builder.apply(concatOp, values, { axis })],
    };
  },
});
