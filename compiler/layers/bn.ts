import { sizeAt } from '../ir/types.js';
import { rsqrt } from '../ops/elementwise.js';
import { none } from '../ops/elementwise.js';
import { defineLayer, exactly, startsAt } from './define-layer.js';
import {
  add,
  bottom,
  bottomShape,
  multiply,
  overChannels,
  parameter,
  scalar,
  subtract,
} from './operands.js';

/**
 * BN (bn_layer.cpp of the Residual Attention Network's Caffe): batch normalisation with its
 * slope and bias in one layer.
 *
 * Bottom: N, C or N, C, H, W (at most four axes). Blobs, each 1, C, 1, 1: slope, bias, moving
 * mean, moving inverse standard deviation.
 *
 * - C1: TEST, or `frozen`: y = (x - mean) * inverse_std * slope + bias. eps plays no part,
 *   because blob 3 holds 1 / sqrt(variance + eps) already.
 * - C2: with `--bn-statistics variance` blob 3 holds a variance instead (other forks), and
 *   the inverse is taken of variance + eps.
 * - C3: without fillers slope, bias and mean start at 0, the inverse standard deviation at 1.
 */
export const bn = defineLayer({
  type: 'BN',
  bottoms: exactly(1),
  tops: exactly(1),
  setUp(context) {
    const param = context.message.get('bn_param');
    const shape = bottomShape(context);
    if (shape.length < 2 || shape.length > 4) {
      return context.refuse(
        `its bottom must have 2 to 4 axes, not ${shape.length}`,
        context.message.spanOf('bottom', 0),
      );
    }
    if (context.phase === 'TRAIN' && !param.get('frozen')) {
      return context.refuse('the TRAIN phase is not supported yet');
    }
    const blob = [1, sizeAt(shape, 1), 1, 1];
    return {
      tops: [shape],
      parameters: [
        { shape: blob, filler: param.get('slope_filler') },
        { shape: blob, filler: param.get('bias_filler') },
        { shape: blob, filler: startsAt(0), statistics: true },
        { shape: blob, filler: startsAt(1), statistics: true },
      ],
      lower: ({ builder, bottoms, parameters }) => {
        const of = (index: number) =>
          overChannels(builder, parameter({ parameters }, index), shape.length);
        const spread = of(3);
        const inverse =
          context.bnStatistics === 'inverse-std'
            ? spread
            : builder.apply(
                rsqrt,
                [add(builder, spread, scalar(builder, param.get('eps')))],
                none,
              );
        const centred = subtract(builder, bottom({ bottoms }), of(2));
        const normalised = multiply(builder, centred, inverse);
        const scaled = multiply(builder, normalised, of(0));
        return [add(builder, scaled, of(1))];
      },
    };
  },
});
