import { defineLayer, exactly, startsAt } from './define-layer.js';
import { parameter as parameterOf } from './operands.js';

/**
 * Parameter (parameter_layer.hpp): a blob that is learned, as a top.
 *
 * - C1: it has no filler and starts at 0.
 */
export const parameter = defineLayer({
  type: 'Parameter',
  bottoms: exactly(0),
  tops: exactly(1),
  setUp(context) {
    const param = context.message.get('parameter_param');
    if (!param.has('shape')) {
      return context.refuse('needs a shape', param.span);
    }
    const shape = param.get('shape').get('dim');
    return {
      tops: [shape],
      parameters: [{ shape, filler: startsAt(0) }],
      lower: ({ parameters }) => [parameterOf({ parameters }, 0)],
    };
  },
});
