import { elementCount } from '../ir/types.js';
import { none } from '../ops/elementwise.js';
import { gather, toInteger } from '../ops/index-ops.js';
import { defineLayer, exactly } from './define-layer.js';
import {
  add,
  bottom,
  bottomShape,
  overChannels,
  parameter,
  reshaped,
} from './operands.js';

/**
 * Embed (embed_layer.cpp): the row of a matrix that each number of the bottom names, plus a
 * bias. The bottom gets no gradient. Top: the bottom's axes, num_output.
 *
 * Blobs: weight (input_dim, num_output); bias (num_output) unless `bias_term: false`.
 *
 * - C1: indices are cut to integers. One that is not in [0, input_dim) fails at run time.
 */
export const embed = defineLayer({
  type: 'Embed',
  bottoms: exactly(1),
  tops: exactly(1),
  setUp(context) {
    const param = context.message.get('embed_param');
    const shape = bottomShape(context);
    const sizes = ['num_output', 'input_dim'] as const;
    const missing = sizes.find((field) => param.get(field) < 1);
    if (missing !== undefined) {
      return context.refuse(
        `${missing} must be at least 1`,
        param.spanOf(missing),
      );
    }
    const outputs = param.get('num_output');
    const biased = param.get('bias_term');
    const top = [...shape, outputs];
    return {
      tops: [top],
      parameters: [
        {
          shape: [param.get('input_dim'), outputs],
          filler: param.get('weight_filler'),
        },
        ...(biased
          ? [{ shape: [outputs], filler: param.get('bias_filler') }]
          : []),
      ],
      lower: ({ builder, bottoms, parameters }) => {
        const flat = reshaped(builder, bottom({ bottoms }), [
          elementCount(shape),
        ]);
        const indices = builder.apply(toInteger, [flat], none);
        const rows = builder.apply(
          gather,
          [parameter({ parameters }, 0), indices],
          none,
        );
        const sum = biased
          ? add(
              builder,
              rows,
              overChannels(builder, parameter({ parameters }, 1), 2),
            )
          : rows;
        return [reshaped(builder, sum, top)];
      },
    };
  },
});
