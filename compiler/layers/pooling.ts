import type { Shape } from '../ir/types.js';
import { between, defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape } from './operands.js';
import { poolGeometry } from './pool-geometry.js';
import { isPoolMethod, placesOfLargest, pooled } from './pool-methods.js';

/**
 * Pooling (pooling_layer.cpp) over the image of a bottom N, C, H, W.
 *
 * - C1: the number of windows rounds up (`round_mode: FLOOR` rounds down, and so does
 *   `ceil_mode: false`, which some nets have in its place).
 * - C2: with any padding, a last window that would start at or past in + pad is dropped, on
 *   both axes.
 * - C3: AVE divides by the window clipped to the padded image; zeros of the padding count.
 * - C4: in MAX the padding never wins; a window outside of the image gives -FLT_MAX. Where
 *   numbers are equal the first, row by row, gets the gradient. What becomes of NaN is
 *   TensorFlow's choice.
 * - C5: the second top of MAX, its mask, says where in the plane the largest number lies:
 *   row * W + column, or -1 outside of the image. It gives no gradient.
 * - C6: STOCHASTIC (numbers that are not negative) draws in TRAIN one number of each window,
 *   with a probability in proportion to it, to which the gradient goes; in TEST it gives the
 *   sum of squares divided by the sum, 0 where that is 0. It knows no padding.
 */
export const pooling = defineLayer({
  type: 'Pooling',
  bottoms: exactly(1),
  tops: between(1, 2),
  foreignOptions: ['pooling_param.ceil_mode'],
  setUp(context) {
    const param = context.message.get('pooling_param');
    const shape = bottomShape(context);
    if (shape.length !== 4) {
      return context.refuse(
        `its bottom must have 4 axes, not ${shape.length}`,
        context.message.spanOf('bottom', 0),
      );
    }
    const method: string = param.get('pool');
    if (!isPoolMethod(method)) {
      return context.refuse(
        `the method ${method} is not supported`,
        param.spanOf('pool'),
      );
    }
    if (context.topCount > 1 && method !== 'MAX') {
      return context.refuse(
        `a second top, the mask, is for MAX only, not for ${method}`,
        context.message.spanOf('top', 1),
      );
    }
    const geometry = poolGeometry(context, param);
    if (geometry === undefined) return undefined;
    const { image, kernel, pads } = geometry;
    if (geometry.pooled.some((size) => size < 1)) {
      return context.refuse(
        `the kernel ${kernel.join('x')} is larger than the padded bottom ${image.join('x')}`,
        param.spanOf('kernel_size'),
      );
    }
    if (method === 'STOCHASTIC' && pads.some((size) => size > 0)) {
      return context.refuse(
        'padding is for MAX and AVE only, not for STOCHASTIC',
        param.spanOf(param.has('pad') ? 'pad' : 'pad_h'),
      );
    }
    const top: Shape = [...shape.slice(0, 2), ...geometry.pooled];
    const masked = context.topCount > 1;
    return {
      tops: masked ? [top, top] : [top],
      lower: (lowering) => {
        const x = bottom(lowering);
        const y = pooled(lowering, x, geometry, method, context.phase);
        return masked
          ? [y, placesOfLargest(lowering.builder, x, geometry)]
          : [y];
      },
    };
  },
});
