import { sizeAt } from '../ir/types.js';
import { minimum, none, relu } from '../ops/elementwise.js';
import { defineLayer, exactly, startsAt } from './define-layer.js';
import {
  add,
  bottom,
  bottomShape,
  multiply,
  overChannels,
  parameter,
  scalar,
} from './operands.js';

/**
 * PReLU (prelu_layer.cpp): max(x, 0) + slope * min(x, 0) with a learnt slope.
 *
 * Bottom: N, C, ... Blob: the slopes (C), or one with `channel_shared`; they start at 0.25.
 */
export const prelu = defineLayer({
  type: 'PReLU',
  bottoms: exactly(1),
  tops: exactly(1),
  setUp(context) {
    const param = context.message.get('prelu_param');
    const shape = bottomShape(context);
    if (shape.length < 2) {
      return context.refuse(
        `its bottom must have at least 2 axes, not ${shape.length}`,
        context.message.spanOf('bottom', 0),
      );
    }
    const shared = param.get('channel_shared');
    return {
      tops: [shape],
      parameters: [
        {
          shape: shared ? [] : [sizeAt(shape, 1)],
          filler: param.has('filler') ? param.get('filler') : startsAt(0.25),
        },
      ],
      lower: ({ builder, bottoms, parameters }) => {
        const x = bottom({ bottoms });
        const slopes = parameter({ parameters }, 0);
        const negative = builder.apply(minimum, [x, scalar(builder, 0)], none);
        return [
          add(
            builder,
            builder.apply(relu, [x], none),
            multiply(
              builder,
              shared ? slopes : overChannels(builder, slopes, shape.length),
              negative,
            ),
          ),
        ];
      },
    };
  },
});
