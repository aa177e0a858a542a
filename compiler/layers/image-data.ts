import { given, imageTops } from './data-tops.js';
import { defineLayer, exactly } from './define-layer.js';

/**
 * ImageData (image_data_layer.cpp): images and labels that a text file lists. Here only its
 * tops: inputs of the net, N x C x H x W and N.
 *
 * - C1: N is `batch_size`; C is 3, or 1 without `is_color`; H and W are
 *   `transform_param.crop_size`, else `new_height` and `new_width`, which are given both or
 *   not at all. Without them the size stands in the images alone and has to be given.
 */
export const imageData = defineLayer({
  type: 'ImageData',
  bottoms: exactly(0),
  tops: exactly(2),
  setUp(context) {
    const param = context.message.get('image_data_param');
    const [height, width] = [param.get('new_height'), param.get('new_width')];
    if (height > 0 !== width > 0) {
      return context.refuse(
        'give new_height and new_width, or neither',
        param.spanOf(height > 0 ? 'new_height' : 'new_width'),
      );
    }
    const crop = given(context.message.get('transform_param').get('crop_size'));
    return imageTops(context, {
      source: param.get('source'),
      batch: param.get('batch_size'),
      channels: param.get('is_color') ? 3 : 1,
      height: crop ?? given(height),
      width: crop ?? given(width),
    });
  },
});
