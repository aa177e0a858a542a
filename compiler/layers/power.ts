import { none, power as powerOp, square } from '../ops/elementwise.js';
import { broadcast } from '../ops/reductions.js';
import { affineOf } from './affine-of.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape, scalar } from './operands.js';

/**
 * Power (power_layer.cpp): (shift + scale * x) ^ power.
 *
 * - C1: with power or scale 0 the top is constant, shift ^ power or 1, and no gradient passes.
 * - C2: a power that is not whole, of a negative number, is NaN.
 */
export const power = defineLayer({
  type: 'Power',
  bottoms: exactly(1),
  tops: exactly(1),
  takesDynamicItems: true,
  setUp(context) {
    const param = context.message.get('power_param');
    const shape = bottomShape(context);
    const exponent = param.get('power');
    const scale = param.get('scale');
    const shift = param.get('shift');
    return {
      tops: [shape],
      lower: ({ builder, bottoms }) => {
        if (exponent === 0 || scale === 0) {
          const value = exponent === 0 ? 1 : shift ** exponent;
          return [
            builder.apply(broadcast, [scalar(builder, value)], { shape }),
          ];
        }
        const base = affineOf(builder, bottom({ bottoms }), scale, shift);
        if (exponent === 1) return [base];
        if (exponent === 2) return [builder.apply(square, [base], none)];
        const raised = [base, scalar(builder, exponent)];
        return [builder.apply(powerOp, raised, none)];
      },
    };
  },
});
