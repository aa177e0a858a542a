import { laidOver, overlay } from './broadcast-operand.js';
import { between, defineLayer, exactly } from './define-layer.js';
import { add, bottom, bottomShape, parameter } from './operands.js';

/**
 * Bias (bias_layer.cpp): bottom 0 plus numbers that are laid over some of its axes, which come
 * from bottom 1 or from a blob (starting at 0 without a filler).
 */
export const bias = defineLayer({
  type: 'Bias',
  bottoms: between(1, 2),
  tops: exactly(1),
  setUp(context) {
    const param = context.message.get('bias_param');
    const shape = bottomShape(context);
    const laid = overlay(context, {
      axis: param.get('axis'),
      numAxes: param.get('num_axes'),
      axisSpan: param.spanOf('axis'),
      numAxesSpan: param.spanOf('num_axes'),
    });
    if (laid === undefined) return undefined;
    const learnt = context.bottoms.length === 1;
    return {
      tops: [shape],
      parameters: learnt
        ? [{ shape: laid.shape, filler: param.get('filler') }]
        : [],
      lower: ({ builder, bottoms, parameters }) => {
        const summand = learnt
          ? parameter({ parameters }, 0)
          : bottom({ bottoms }, 1);
        return [
          add(
            builder,
            bottom({ bottoms }),
            laidOver(builder, summand, laid, shape.length),
          ),
        ];
      },
    };
  },
});
