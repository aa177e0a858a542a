import type { Message } from '../schema/message.js';
import { given, imageTops } from './data-tops.js';
import { between, defineLayer, exactly } from './define-layer.js';

/** How many channels the transformation leaves, where it tells. */
function channelsOf(
  transform: Message<'TransformationParameter'>,
): number | undefined {
  if (transform.get('force_color')) return 3;
  if (transform.get('force_gray')) return 1;
  const means = transform.get('mean_value').length;
  return means > 1 ? means : undefined;
}

/**
 * Data (data_layer.cpp): images and labels of a database. Here only its tops: inputs of the
 * net, N x C x H x W and N.
 *
 * - C1: N is `batch_size`; H and W are `transform_param.crop_size`. Without it they stand in
 *   the database alone and have to be given.
 * - C2: C is 3 with `force_color`, 1 with `force_gray`, else as many as there are
 *   `mean_value`s, if more than one; otherwise 3 is taken, with a warning.
 */
export const data = defineLayer({
  type: 'Data',
  bottoms: exactly(0),
  tops: between(1, 2),
  setUp(context) {
    const param = context.message.get('data_param');
    const transform = context.message.get('transform_param');
    const crop = given(transform.get('crop_size'));
    return imageTops(context, {
      source: param.get('source'),
      batch: param.get('batch_size'),
      channels: channelsOf(transform),
      height: crop,
      width: crop,
    });
  },
});
