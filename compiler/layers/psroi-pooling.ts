import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { batchMatMul } from '../ops/batch-mat-mul.js';
import {
  equal,
  greaterEqual,
  less,
  maximum,
  none,
} from '../ops/elementwise.js';
import { fromInteger } from '../ops/index-ops.js';
import { transpose } from '../ops/shape-ops.js';
import { defineLayer, exactly } from './define-layer.js';
import {
  add,
  bottom,
  bottomShape,
  divideNoNan,
  multiply,
  reshaped,
  scalar,
  subtract,
} from './operands.js';
import {
  type Bins,
  binsOf,
  checkRegions,
  countedOver,
  lengthsOf,
  type Regions,
  regionsOf,
} from './roi-bins.js';
import { roundOf } from './rounding.js';

/** 1 for each cell of an axis of the map that a bin covers: bins, regions, cells. */
function covered(
  builder: Builder,
  { starts, ends }: Bins,
  size: number,
): Value {
  const [regions = 1, bins = 1] = starts.type.shape;
  const cells = countedOver(builder, size, 3, 2);
  const edge = (value: Value): Value =>
    reshaped(
      builder,
      builder.apply(transpose, [value], { permutation: [1, 0] }),
      [bins, regions, 1],
    );
  return multiply(
    builder,
    builder.apply(greaterEqual, [cells, edge(starts)], none),
    builder.apply(less, [cells, edge(ends)], none),
  );
}

interface Pooled {
  readonly builder: Builder;
  /** N, C, H, W. */
  readonly x: Value;
  readonly found: Regions;
  readonly rows: Bins;
  readonly columns: Bins;
  readonly groups: number;
  readonly outputs: number;
}

/** The cells of each bin as a matrix: bins * bins, regions, N * H * W. */
function cellsOfBins({
  builder,
  x,
  found,
  rows,
  columns,
  groups,
}: Pooled): Value {
  const [batch = 1, , height = 1, width = 1] = x.type.shape;
  const [regions = 1] = rows.starts.type.shape;
  const bins = groups * groups;
  const tall = reshaped(builder, covered(builder, rows, height), [
    groups,
    1,
    regions,
    height,
    1,
  ]);
  const broad = reshaped(builder, covered(builder, columns, width), [
    1,
    groups,
    regions,
    1,
    width,
  ]);
  const cells = multiply(builder, tall, broad);
  const images = reshaped(
    builder,
    builder.apply(fromInteger, [found.images], none),
    [1, regions, 1, 1],
  );
  const numbers = countedOver(builder, batch, 4, 2);
  const isOwn = builder.apply(equal, [numbers, images], none);
  const plane = reshaped(builder, cells, [bins, regions, 1, height * width]);
  return reshaped(builder, multiply(builder, plane, isOwn), [
    bins,
    regions,
    batch * height * width,
  ]);
}

/** The mean over each bin of its own channels: R, outputs, bins, bins. */
function means(pooled: Pooled): Value {
  const { builder, x, rows, columns, groups, outputs } = pooled;
  const [batch = 1, , height = 1, width = 1] = x.type.shape;
  const [regions = 1] = rows.starts.type.shape;
  const bins = groups * groups;
  const plane = height * width;
  const ofBins = builder.apply(
    transpose,
    [reshaped(builder, x, [batch, outputs, bins, plane])],
    { permutation: [2, 0, 3, 1] },
  );
  const sums = builder.apply(
    batchMatMul,
    [
      cellsOfBins(pooled),
      reshaped(builder, ofBins, [bins, batch * plane, outputs]),
    ],
    { transposeA: false, transposeB: false },
  );
  const areas = multiply(
    builder,
    reshaped(builder, lengthsOf(builder, rows), [regions, 1, groups, 1]),
    reshaped(builder, lengthsOf(builder, columns), [regions, 1, 1, groups]),
  );
  const turned = builder.apply(transpose, [sums], { permutation: [1, 2, 0] });
  return divideNoNan(
    builder,
    reshaped(builder, turned, [regions, outputs, groups, groups]),
    areas,
  );
}

/**
 * PSROIPooling (psroi_pooling_layer.cu of R-FCN's Caffe): the means of the bins of regions, each
 * bin of channels of its own.
 *
 * Bottoms: the map, N, C, H, W, with C = `output_dim` * `group_size`^2; the regions, R x 5 (or
 * R x 5 x 1 x 1): the number of the item, x1, y1, x2, y2. Top: R, `output_dim`, `group_size`,
 * `group_size`. The regions get no gradient.
 *
 * - C1: corners are rounded, one is added to the second, and both are multiplied by
 *   `spatial_scale`. A region is at least 0.1 long.
 * - C2: a bin goes from the floor of its beginning to the ceiling of its end, and is cut to the
 *   map. An empty one gives 0.
 * - C3: bin (row, column) of output c is of channel (c * group_size + row) * group_size + column.
 * - C4: an item that does not exist fails at run time.
 */
export const psroiPooling = defineLayer({
  type: 'PSROIPooling',
  bottoms: exactly(2),
  tops: exactly(1),
  foreignOptions: ['psroi_pooling_param'],
  setUp(context) {
    const { message } = context;
    const param = message.get('psroi_pooling_param');
    if (!checkRegions(context)) return undefined;
    const missing = (['output_dim', 'group_size'] as const).find(
      (field) => param.get(field) < 1,
    );
    if (missing !== undefined) {
      return context.refuse(
        `${missing} must be at least 1`,
        param.has(missing) ? param.spanOf(missing) : param.span,
      );
    }
    const outputs = param.get('output_dim');
    const groups = param.get('group_size');
    const [batch = 1, channels = 1, height = 1, width = 1] =
      bottomShape(context);
    const [regions = 1] = bottomShape(context, 1);
    if (channels !== outputs * groups * groups) {
      return context.refuse(
        `the map must have ${outputs * groups * groups} channels, ${outputs} times ${groups}x${groups}, not ${channels}`,
        message.spanOf('bottom', 0),
      );
    }
    return {
      tops: [[regions, outputs, groups, groups]],
      lower: ({ builder, bottoms }) => {
        const found = regionsOf(builder, bottom({ bottoms }, 1), batch);
        const scale = scalar(builder, param.get('spatial_scale'));
        const corner = (at: 0 | 1 | 2 | 3): Value =>
          roundOf(builder, found.corner(at));
        const bins = (axis: 0 | 1): Bins => {
          const start = multiply(builder, corner(axis === 0 ? 1 : 0), scale);
          const next = add(
            builder,
            corner(axis === 0 ? 3 : 2),
            scalar(builder, 1),
          );
          const length = subtract(
            builder,
            multiply(builder, next, scale),
            start,
          );
          return binsOf(builder, {
            extent: builder.apply(
              maximum,
              [length, scalar(builder, 0.1)],
              none,
            ),
            start,
            bins: groups,
            size: axis === 0 ? height : width,
            within: true,
          });
        };
        return [
          means({
            builder,
            x: bottom({ bottoms }),
            found,
            rows: bins(0),
            columns: bins(1),
            groups,
            outputs,
          }),
        ];
      },
    };
  },
});
