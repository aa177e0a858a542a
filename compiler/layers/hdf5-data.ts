import { fedTops } from './data-tops.js';
import { atLeast, defineLayer, exactly } from './define-layer.js';

/**
 * HDF5Data (hdf5_data_layer.cpp): data sets of HDF5 files, by the names of the tops. Here only
 * its tops: inputs of the net.
 *
 * - C1: the first axis is `batch_size`; the others stand in the files alone, so that the
 *   shape of every top has to be given.
 */
export const hdf5Data = defineLayer({
  type: 'HDF5Data',
  bottoms: exactly(0),
  tops: atLeast(1),
  setUp(context) {
    const { message, inputShapes } = context;
    const param = message.get('hdf5_data_param');
    const names = message.get('top');
    const tops = names.flatMap((name) => {
      const shape = inputShapes.get(name);
      return shape === undefined ? [] : [shape];
    });
    if (tops.length === names.length) return fedTops(tops);
    const missing = names.filter((name) => !inputShapes.has(name));
    const [first = ''] = missing;
    return context.report(
      'data/shape-unknown',
      {
        layer: context.name,
        source: param.get('source'),
        top: first,
        shape: `${param.get('batch_size')},...`,
      },
      message.spanOf('top', names.indexOf(first)),
    );
  },
});
