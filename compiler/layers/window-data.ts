import { imageTops } from './data-tops.js';
import { defineLayer, exactly } from './define-layer.js';

/**
 * WindowData (window_data_layer.cpp): windows of images and their classes. Here only its tops:
 * inputs of the net, N x 3 x H x W and N.
 *
 * - C1: N is `batch_size`; H and W are `transform_param.crop_size`, which has to be given.
 */
export const windowData = defineLayer({
  type: 'WindowData',
  bottoms: exactly(0),
  tops: exactly(2),
  setUp(context) {
    const param = context.message.get('window_data_param');
    const transform = context.message.get('transform_param');
    const crop = transform.get('crop_size');
    if (crop < 1) {
      return context.refuse(
        'transform_param needs a crop_size',
        transform.spanOf('crop_size'),
      );
    }
    return imageTops(context, {
      source: param.get('source'),
      batch: param.get('batch_size'),
      channels: 3,
      height: crop,
      width: crop,
    });
  },
});
