import type { Shape } from '../ir/types.js';
import { atLeast, defineLayer, exactly } from './define-layer.js';

/**
 * Input (input_layer.cpp): blobs that the caller fills. One shape for all tops or one for
 * each (Input-C1).
 */
export const input = defineLayer({
  type: 'Input',
  bottoms: exactly(0),
  tops: atLeast(1),
  setUp(context) {
    const { message, topCount, inputShapes } = context;
    const param = message.get('input_param');
    const written = param.get('shape');
    const names = message.get('top');
    const given = names.every((name) => inputShapes.has(name));
    if (!given && written.length !== 1 && written.length !== topCount) {
      return context.refuse(
        `needs one shape, or one for each of its ${topCount} tops`,
        param.span,
      );
    }
    const tops = names.map((name, index): Shape => {
      const shape = written.length === 1 ? written[0] : written[index];
      return inputShapes.get(name) ?? shape?.get('dim') ?? [];
    });
    // The values are inputs of the function: there is nothing to compute.
    return { tops, fed: true, lower: ({ bottoms }) => bottoms };
  },
});
