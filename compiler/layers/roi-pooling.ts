import type { Value } from '../ir/graph.js';
import { maximum, none } from '../ops/elementwise.js';
import { defineLayer, exactly } from './define-layer.js';
import { largestInBoxes } from './largest-in-boxes.js';
import {
  add,
  bottom,
  bottomShape,
  multiply,
  scalar,
  subtract,
} from './operands.js';
import { binsOf, checkRegions, regionsOf } from './roi-bins.js';
import { roundOf } from './rounding.js';

/**
 * ROIPooling (roi_pooling_layer.cpp of Fast R-CNN's Caffe): the largest numbers of the bins of
 * regions of a map.
 *
 * Bottoms: the map, N, C, H, W; the regions, R x 5 (or R x 5 x 1 x 1): the number of the item,
 * x1, y1, x2, y2. Top: R, C, `pooled_h`, `pooled_w`. The regions get no gradient.
 *
 * - C1: corners are multiplied by `spatial_scale` (1) and rounded; both belong to the region,
 *   which has one row and column at least.
 * - C2: a bin goes from the floor of its beginning to the ceiling of its end, so that bins share
 *   cells, and is cut to the map. An empty one gives 0.
 * - C3: of equal numbers one gets the gradient; in Caffe it is the first of the bin.
 * - C4: an item that does not exist fails at run time.
 */
export const roiPooling = defineLayer({
  type: 'ROIPooling',
  bottoms: exactly(2),
  tops: exactly(1),
  foreignOptions: ['roi_pooling_param'],
  setUp(context) {
    const param = context.message.get('roi_pooling_param');
    if (!checkRegions(context)) return undefined;
    if (param.has('pooled_size')) {
      return context.refuse(
        'pooled_size is not supported; give pooled_h and pooled_w',
        param.spanOf('pooled_size'),
      );
    }
    const missing = (['pooled_h', 'pooled_w'] as const).find(
      (field) => param.get(field) < 1,
    );
    if (missing !== undefined) {
      return context.refuse(
        `${missing} must be at least 1`,
        param.has(missing) ? param.spanOf(missing) : param.span,
      );
    }
    const [batch = 1, channels = 1, height = 1, width = 1] =
      bottomShape(context);
    const [regions = 1] = bottomShape(context, 1);
    const [high, wide] = [param.get('pooled_h'), param.get('pooled_w')];
    return {
      tops: [[regions, channels, high, wide]],
      lower: ({ builder, bottoms }) => {
        const found = regionsOf(builder, bottom({ bottoms }, 1), batch);
        const scale = scalar(builder, param.get('spatial_scale'));
        const one = scalar(builder, 1);
        const corner = (at: 0 | 1 | 2 | 3): Value =>
          roundOf(builder, multiply(builder, found.corner(at), scale));
        const bins = (axis: 0 | 1) => {
          const start = corner(axis === 0 ? 1 : 0);
          const end = corner(axis === 0 ? 3 : 2);
          const cells = add(builder, subtract(builder, end, start), one);
          return binsOf(builder, {
            extent: builder.apply(maximum, [cells, one], none),
            start,
            bins: axis === 0 ? high : wide,
            size: axis === 0 ? height : width,
            within: false,
          });
        };
        return [
          largestInBoxes(builder, bottom({ bottoms }), found.images, {
            rows: bins(0),
            columns: bins(1),
          }),
        ];
      },
    };
  },
});
