import { elementCount, isDynamic } from '../ir/types.js';
import { matMul } from '../ops/mat-mul.js';
import { canonicalAxis, countBetween } from './axis.js';
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
 * InnerProduct (inner_product_layer.cpp): the axes from `axis` on, flattened in Caffe's order
 * (C, H, W), times a matrix, plus a bias.
 *
 * Blobs: weight (num_output, K), or (K, num_output) with `transpose`; bias (num_output) unless
 * `bias_term: false`. Top: the axes before `axis`, num_output.
 */
export const innerProduct = defineLayer({
  type: 'InnerProduct',
  bottoms: exactly(1),
  tops: exactly(1),
  takesDynamicItems: true,
  setUp(context) {
    const { message } = context;
    const param = message.get('inner_product_param');
    const shape = bottomShape(context);
    const outputs = param.get('num_output');
    if (outputs < 1) {
      return context.refuse(
        'num_output must be at least 1',
        param.spanOf('num_output'),
      );
    }
    const axis = canonicalAxis(
      context,
      param.get('axis'),
      shape.length,
      param.spanOf('axis'),
    );
    if (axis === undefined) return undefined;
    const inputs = countBetween(shape, axis);
    const rowsShape = shape.slice(0, axis);
    const rows = elementCount(rowsShape);
    const transposed = param.get('transpose');
    const biased = param.get('bias_term');
    const top = [...rowsShape, outputs];
    return {
      tops: [top],
      parameters: [
        {
          shape: transposed ? [inputs, outputs] : [outputs, inputs],
          filler: param.get('weight_filler'),
        },
        ...(biased
          ? [{ shape: [outputs], filler: param.get('bias_filler') }]
          : []),
      ],
      ...(isDynamic(shape) ? {} : { macs: rows * inputs * outputs }),
      lower: ({ builder, bottoms, parameters }) => {
        const x = reshaped(builder, bottom({ bottoms }), [rows, inputs]);
        const product = builder.apply(
          matMul,
          [x, parameter({ parameters }, 0)],
          { transposeA: false, transposeB: !transposed },
        );
        const sum = biased
          ? add(
              builder,
              product,
              overChannels(builder, parameter({ parameters }, 1), 2),
            )
          : product;
        return [reshaped(builder, sum, top)];
      },
    };
  },
});
