import { transpose } from '../ops/shape-ops.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape, reshaped } from './operands.js';

/**
 * ShuffleChannel (shuffle_channel_layer.cpp of ShuffleNet's Caffe): the channels, in `group`
 * (1) groups, are dealt out: the first of every group, then the second of every group, ...
 *
 * Bottom: up to four axes, N, C, H, W; the top has four, a missing one is 1.
 */
export const shuffleChannel = defineLayer({
  type: 'ShuffleChannel',
  bottoms: exactly(1),
  tops: exactly(1),
  foreignOptions: ['shuffle_channel_param'],
  setUp(context) {
    const param = context.message.get('shuffle_channel_param');
    const shape = bottomShape(context);
    if (shape.length < 2 || shape.length > 4) {
      return context.refuse(
        `its bottom must have 2 to 4 axes, not ${shape.length}`,
        context.message.spanOf('bottom', 0),
      );
    }
    const [batch = 1, channels = 1, height = 1, width = 1] = shape;
    const groups = param.get('group');
    if (groups < 1 || channels % groups !== 0) {
      return context.refuse(
        `${channels} channels do not make ${groups} groups`,
        param.spanOf('group'),
      );
    }
    const top = [batch, channels, height, width];
    return {
      tops: [top],
      lower: ({ builder, bottoms }) => {
        const grouped = reshaped(builder, bottom({ bottoms }), [
          batch,
          groups,
          channels / groups,
          height * width,
        ]);
        const dealt = builder.apply(transpose, [grouped], {
          permutation: [0, 2, 1, 3],
        });
        return [reshaped(builder, dealt, top)];
      },
    };
  },
});
