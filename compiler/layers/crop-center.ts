import { slice } from '../ops/axis-ops.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape } from './operands.js';

/**
 * CropCenter (crop_center_layer.cpp of waifu2x-caffe): cuts `crop_size`, which is given for
 * every axis, off both of its ends.
 */
export const cropCenter = defineLayer({
  type: 'CropCenter',
  bottoms: exactly(1),
  tops: exactly(1),
  foreignOptions: ['crop_center_param'],
  setUp(context) {
    const param = context.message.get('crop_center_param');
    const shape = bottomShape(context);
    const begin = param.get('crop_size');
    if (begin.length !== shape.length) {
      return context.refuse(
        `crop_size must be given for each of the ${shape.length} axes, not ${begin.length} times`,
        param.spanOf('crop_size'),
      );
    }
    const size = shape.map((extent, axis) => extent - 2 * (begin[axis] ?? 0));
    const past = size.findIndex((extent) => extent < 1);
    if (past !== -1) {
      return context.refuse(
        `crop_size ${begin[past]} leaves nothing of the ${shape[past]} of axis ${past}`,
        param.spanOf('crop_size', past),
      );
    }
    return {
      tops: [size],
      lower: ({ builder, bottoms }) => [
        builder.apply(slice, [bottom({ bottoms })], { begin, size }),
      ],
    };
  },
});
