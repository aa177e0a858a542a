import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { float32, type Shape } from '../ir/types.js';
import { pad } from '../ops/axis-ops.js';
import { constant } from '../ops/constant.js';
import { averagePool, maxPool } from '../ops/pooling.js';
import { reduceMean } from '../ops/reductions.js';
import { between, defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape, multiply } from './operands.js';
import {
  coversImage,
  type PoolGeometry,
  poolGeometry,
  poolMargins,
  windowSizes,
} from './pool-geometry.js';

/** Sum over each window divided by the cells that Pooling-C3 counts. */
function average(builder: Builder, x: Value, geometry: PoolGeometry): Value {
  const margins = poolMargins(geometry);
  const padded = margins.flat().every((size) => size === 0)
    ? x
    : builder.apply(pad, [x], {
        paddings: [[0, 0], [0, 0], ...margins],
        value: 0,
      });
  const mean = builder.apply(averagePool, [padded], {
    kernel: geometry.kernel,
    strides: geometry.strides,
    dilations: [1, 1],
    margins: [
      [0, 0],
      [0, 0],
    ],
    format: 'NCHW',
  });
  const area = geometry.kernel[0] * geometry.kernel[1];
  const widths = windowSizes(geometry, 1);
  const corrections = windowSizes(geometry, 0).flatMap((high) =>
    widths.map((wide) => area / (high * wide)),
  );
  if (corrections.every((factor) => factor === 1)) return mean;
  const factors = builder.apply(constant, [], {
    tensor: {
      type: float32([1, 1, ...geometry.pooled]),
      data: Float32Array.from(corrections),
    },
  });
  return multiply(builder, mean, factors);
}

function largest(builder: Builder, x: Value, geometry: PoolGeometry): Value {
  return builder.apply(maxPool, [x], {
    kernel: geometry.kernel,
    strides: geometry.strides,
    dilations: [1, 1],
    margins: poolMargins(geometry),
    format: 'NCHW',
  });
}

/**
 * Pooling (pooling_layer.cpp) over the image of a bottom N, C, H, W.
 *
 * - C1: the number of windows rounds up (`round_mode: FLOOR` rounds down, and so does
 *   `ceil_mode: false`, which some nets have in its place).
 * - C2: with any padding, a last window that would start at or past in + pad is dropped, on
 *   both axes.
 * - C3: AVE divides by the window clipped to the padded image; zeros of the padding count.
 * - C4: in MAX the padding never wins; a window outside of the image gives -FLT_MAX.
 */
export const pooling = defineLayer({
  type: 'Pooling',
  bottoms: exactly(1),
  tops: between(1, 2),
  foreignOptions: ['pooling_param.ceil_mode'],
  setUp(context) {
    const param = context.message.get('pooling_param');
    const shape = bottomShape(context);
    if (shape.length !== 4) {
      return context.refuse(
        `its bottom must have 4 axes, not ${shape.length}`,
        context.message.spanOf('bottom', 0),
      );
    }
    const method = param.get('pool');
    if (method === 'STOCHASTIC') {
      return context.refuse(
        'STOCHASTIC is not supported yet',
        param.spanOf('pool'),
      );
    }
    if (context.topCount > 1) {
      return context.refuse(
        'a second top (the mask of MAX) is not supported yet',
        context.message.spanOf('top', 1),
      );
    }
    const geometry = poolGeometry(context, param);
    if (geometry === undefined) return undefined;
    if (geometry.pooled.some((size) => size < 1)) {
      return context.refuse(
        `the kernel ${geometry.kernel.join('x')} is larger than the padded bottom ${geometry.image.join('x')}`,
        param.spanOf('kernel_size'),
      );
    }
    const top: Shape = [...shape.slice(0, 2), ...geometry.pooled];
    return {
      tops: [top],
      lower: ({ builder, bottoms }) => {
        const x = bottom({ bottoms });
        if (method === 'AVE' && coversImage(geometry)) {
          return [builder.apply(reduceMean, [x], { axes: [2, 3] })];
        }
        const pool = method === 'MAX' ? largest : average;
        return [pool(builder, x, geometry)];
      },
    };
  },
});
