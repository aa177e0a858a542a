import { defineLayer, exactly } from './define-layer.js';
import { checkFirstAxis } from './labels.js';

/** Of the legacy shape N x C x H x W, in which the file has them. */
const mostAxes = 4;

/**
 * HDF5Output (hdf5_output_layer.cpp): reads data and labels, so that they are no outputs of
 * the net. `rancc run` writes them to `file_name`; the graph itself writes nothing, and a
 * warning says so.
 *
 * - C1: both have the same number of items, and at most 4 axes: the file has them as
 *   N x C x H x W, with 1 for the axes that are not there.
 */
export const hdf5Output = defineLayer({
  type: 'HDF5Output',
  bottoms: exactly(2),
  tops: exactly(0),
  takesDynamicItems: true,
  setUp(context) {
    const param = context.message.get('hdf5_output_param');
    if (param.get('file_name') === '') {
      return context.refuse('needs a file_name', param.span);
    }
    if (!checkFirstAxis(context)) return undefined;
    const deep = context.bottoms.findIndex(({ length }) => length > mostAxes);
    if (deep !== -1) {
      return context.refuse(
        `bottom ${deep} has more than ${mostAxes} axes`,
        context.message.spanOf('bottom', deep),
      );
    }
    context.report(
      'data/not-written',
      { layer: context.name, file: param.get('file_name') },
      param.spanOf('file_name'),
    );
    return { tops: [], lower: () => [] };
  },
});
