import { laidOver, overlay } from './broadcast-operand.js';
import { between, defineLayer, exactly, startsAt } from './define-layer.js';
import { add, bottom, bottomShape, multiply, parameter } from './operands.js';

/**
 * Scale (scale_layer.cpp): bottom 0 times factors that are laid over some of its axes, which
 * come from bottom 1 or from a blob; plus a bias of the same shape with `bias_term`.
 *
 * Blobs: the factors (without a second bottom; they start at 1), the bias.
 */
export const scale = defineLayer({
  type: 'Scale',
  bottoms: between(1, 2),
  tops: exactly(1),
  setUp(context) {
    const param = context.message.get('scale_param');
    const shape = bottomShape(context);
    const laid = overlay(context, {
      axis: param.get('axis'),
      numAxes: param.get('num_axes'),
      axisSpan: param.spanOf('axis'),
      numAxesSpan: param.spanOf('num_axes'),
    });
    if (laid === undefined) return undefined;
    const learnt = context.bottoms.length === 1;
    const biased = param.get('bias_term');
    return {
      tops: [shape],
      parameters: [
        ...(learnt
          ? [
              {
                shape: laid.shape,
                filler: param.has('filler') ? param.get('filler') : startsAt(1),
              },
            ]
          : []),
        ...(biased
          ? [{ shape: laid.shape, filler: param.get('bias_filler') }]
          : []),
      ],
      lower: ({ builder, bottoms, parameters }) => {
        const over = (value: ReturnType<typeof bottom>) =>
          laidOver(builder, value, laid, shape.length);
        const factors = learnt
          ? parameter({ parameters }, 0)
          : bottom({ bottoms }, 1);
        const product = multiply(builder, bottom({ bottoms }), over(factors));
        if (!biased) return [product];
        const bias = parameter({ parameters }, learnt ? 1 : 0);
        return [add(builder, product, over(bias))];
      },
    };
  },
});
