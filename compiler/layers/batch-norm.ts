import { sizeAt } from '../ir/types.js';
import { none, rsqrt } from '../ops/elementwise.js';
import { defineLayer, exactly, startsAt } from './define-layer.js';
import {
  add,
  bottom,
  bottomShape,
  divideNoNan,
  multiply,
  overChannels,
  parameter,
  scalar,
  subtract,
} from './operands.js';

/**
 * BatchNorm (batch_norm_layer.cpp): normalisation without slope and bias.
 *
 * Bottom: N, C, ... (a bottom of one axis has one channel). Blobs: mean (C), variance (C),
 * and a factor (1) by which both are to be divided; 0 stands for no division's result, 0.
 *
 * - C1: with stored statistics y = (x - mean / factor) / sqrt(variance / factor + eps).
 * - C2: the statistics are nothing that a solver may change: a `param` with an lr_mult other
 *   than 0 is refused.
 */
export const batchNorm = defineLayer({
  type: 'BatchNorm',
  bottoms: exactly(1),
  tops: exactly(1),
  setUp(context) {
    const { message, phase } = context;
    const param = message.get('batch_norm_param');
    const shape = bottomShape(context);
    const stored = param.has('use_global_stats')
      ? param.get('use_global_stats')
      : phase === 'TEST';
    if (!stored) {
      return context.refuse(
        'statistics of the batch (TRAIN, or use_global_stats: false) are not supported yet',
        param.has('use_global_stats')
          ? param.spanOf('use_global_stats')
          : message.span,
      );
    }
    const learnt = message
      .get('param')
      .find((spec) => spec.has('lr_mult') && spec.get('lr_mult') !== 0);
    if (learnt !== undefined) {
      return context.refuse(
        'its statistics cannot be learnt: lr_mult must be 0',
        learnt.spanOf('lr_mult'),
      );
    }
    const channels = shape.length === 1 ? 1 : sizeAt(shape, 1);
    return {
      tops: [shape],
      parameters: [
        { shape: [channels], filler: startsAt(0), statistics: true },
        { shape: [channels], filler: startsAt(0), statistics: true },
        { shape: [1], filler: startsAt(0), statistics: true },
      ],
      lower: ({ builder, bottoms, parameters }) => {
        const factor = parameter({ parameters }, 2);
        const of = (index: number) =>
          overChannels(
            builder,
            divideNoNan(builder, parameter({ parameters }, index), factor),
            shape.length,
          );
        const variance = add(builder, of(1), scalar(builder, param.get('eps')));
        const centred = subtract(builder, bottom({ bottoms }), of(0));
        const inverse = builder.apply(rsqrt, [variance], none);
        return [multiply(builder, centred, inverse)];
      },
    };
  },
});
