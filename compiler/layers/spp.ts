import { concat } from '../ops/axis-ops.js';
import { countBetween } from './axis.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape, reshaped } from './operands.js';
import { pooledSize, type PoolGeometry } from './pool-geometry.js';
import { isPoolMethod, pooled } from './pool-methods.js';

/** SPP-C1: how level `level` lies over the image. */
function geometryOf(
  [height, width]: readonly [number, number],
  level: number,
): PoolGeometry {
  const bins = 2 ** level;
  const image = [height, width] as const;
  const kernel = [Math.ceil(height / bins), Math.ceil(width / bins)] as const;
  const pad = (axis: 0 | 1): number =>
    Math.trunc((kernel[axis] * bins - image[axis] + 1) / 2);
  const pads = [pad(0), pad(1)] as const;
  const windows = pooledSize(image, kernel, kernel, pads, true);
  return { image, kernel, strides: kernel, pads, pooled: windows };
}

/**
 * SPP (spp_layer.cpp), spatial pyramid pooling: the image pooled by 1x1, 2x2, 4x4, ... windows.
 *
 * Bottom: N, C, H, W. Top: N, and all levels one after the other, each flattened (C, H, W).
 *
 * - C1: level l has 2^l windows on each axis, of ceil(size / 2^l), with half of what is too
 *   many as padding, rounded up.
 * - C2: one level alone is not flattened.
 * - C3: each level pools as Pooling does, with all of its rules.
 */
export const spp = defineLayer({
  type: 'SPP',
  bottoms: exactly(1),
  tops: exactly(1),
  setUp(context) {
    const { message } = context;
    const param = message.get('spp_param');
    const shape = bottomShape(context);
    if (shape.length !== 4) {
      return context.refuse(
        `its bottom must have 4 axes, not ${shape.length}`,
        message.spanOf('bottom', 0),
      );
    }
    const method: string = param.get('pool');
    if (!isPoolMethod(method)) {
      return context.refuse(
        `the method ${method} is not supported`,
        param.spanOf('pool'),
      );
    }
    const height = param.get('pyramid_height');
    if (height < 1) {
      return context.refuse(
        'pyramid_height must be at least 1',
        param.spanOf('pyramid_height'),
      );
    }
    const [batch = 1, channels = 1, rows = 1, columns = 1] = shape;
    const levels = Array.from({ length: height }, (_, level) =>
      geometryOf([rows, columns], level),
    );
    const tooFine = levels.findIndex(({ kernel, pads }) =>
      pads.some((size, axis) => size >= (kernel[axis] ?? 0) && size > 0),
    );
    if (tooFine !== -1) {
      return context.refuse(
        `level ${tooFine} of the pyramid is too fine for an image of ${rows}x${columns}`,
        param.spanOf('pyramid_height'),
      );
    }
    const padded = levels.find(({ pads }) => pads.some((size) => size > 0));
    if (method === 'STOCHASTIC' && padded !== undefined) {
      return context.refuse(
        `padding, which the image of ${rows}x${columns} needs, is for MAX and AVE only, not for STOCHASTIC`,
        param.spanOf('pool'),
      );
    }
    const [single] = levels;
    const flat = levels.map(
      (level) => channels * countBetween(level.pooled, 0),
    );
    const top =
      single !== undefined && levels.length === 1
        ? [batch, channels, ...single.pooled]
        : [batch, flat.reduce((sum, size) => sum + size, 0)];
    return {
      tops: [top],
      lower: (lowering) => {
        const { builder } = lowering;
        const parts = levels.map((level, index) => {
          const y = pooled(
            lowering,
            bottom(lowering),
            level,
            method,
            context.phase,
          );
          return levels.length === 1
            ? y
            : reshaped(builder, y, [batch, flat[index] ?? 0]);
        });
        return levels.length === 1
          ? parts
          : [builder.apply(concat, parts, { axis: 1 })];
      },
    };
  },
});
