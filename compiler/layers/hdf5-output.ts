import { defineLayer, exactly } from './define-layer.js';
import { checkFirstAxis } from './labels.js';

/**
 * HDF5Output (hdf5_output_layer.cpp): reads data and labels, so that they are no outputs of
 * the net. Caffe writes them to `file_name`; nothing is written here, and a warning says so.
 */
export const hdf5Output = defineLayer({
  type: 'HDF5Output',
  bottoms: exactly(2),
  tops: exactly(0),
  takesDynamicItems: true,
  setUp(context) {
    const param = context.message.get('hdf5_output_param');
    if (!checkFirstAxis(context)) return undefined;
    context.report(
      'data/not-written',
      { layer: context.name, file: param.get('file_name') },
      param.spanOf('file_name'),
    );
    return { tops: [], lower: () => [] };
  },
});
