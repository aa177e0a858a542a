import { transpose } from '../ops/shape-ops.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape, reshaped } from './operands.js';

/**
 * Reorg (reorg_layer.cpp of the Caffes for YOLO, after darknet's reorg_cpu): trades the size of
 * an image for channels. With s = `stride`: N, C, H, W becomes N, C*s*s, H/s, W/s.
 *
 * - C1: the numbers of an item are read as if they were C/(s*s) channels of a plane sH x sW;
 *   of each s x s block of it the numbers of one place make a plane H x W. These planes, in the
 *   order of places, row by row, then of channels, are the numbers of the top. (So the blocks
 *   are not those of the bottom's own image.)
 * - C2: `reverse` reads the numbers as s*s*C' planes H x W and puts each where C1 has taken it
 *   from: N, C/(s*s), sH, sW.
 */
export const reorg = defineLayer({
  type: 'Reorg',
  bottoms: exactly(1),
  tops: exactly(1),
  foreignOptions: ['reorg_param'],
  setUp(context) {
    const { message } = context;
    const param = message.get('reorg_param');
    const shape = bottomShape(context);
    const stride = param.get('stride');
    const reverse = param.get('reverse');
    if (shape.length !== 4) {
      return context.refuse(
        `its bottom must have 4 axes, not ${shape.length}`,
        message.spanOf('bottom', 0),
      );
    }
    if (stride < 1) {
      return context.refuse(
        'stride must be at least 1',
        param.has('stride') ? param.spanOf('stride') : param.span,
      );
    }
    const [batch = 1, channels = 1, height = 1, width = 1] = shape;
    const places = stride * stride;
    if (channels % places !== 0) {
      return context.refuse(
        `${channels} channels are no multiple of ${places}, the square of the stride`,
        param.spanOf('stride'),
      );
    }
    if (!reverse && (height % stride !== 0 || width % stride !== 0)) {
      return context.refuse(
        `the image ${height}x${width} is no multiple of the stride ${stride}`,
        param.spanOf('stride'),
      );
    }
    const fewer = channels / places;
    const top = reverse
      ? [batch, fewer, height * stride, width * stride]
      : [batch, channels * places, height / stride, width / stride];
    const planes = [batch, stride, stride, fewer, height, width];
    const blocks = [batch, fewer, height, stride, width, stride];
    return {
      tops: [top],
      lower: ({ builder, bottoms }) => {
        const x = reshaped(
          builder,
          bottom({ bottoms }),
          reverse ? planes : blocks,
        );
        const moved = builder.apply(transpose, [x], {
          permutation: reverse ? [0, 3, 4, 1, 5, 2] : [0, 3, 5, 1, 2, 4],
        });
        return [reshaped(builder, moved, top)];
      },
    };
  },
});
