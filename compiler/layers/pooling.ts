import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { float32, type Shape } from '../ir/types.js';
import { pad, reduceMax, reduceMean } from '../ops/axis-ops.js';
import { constant } from '../ops/constant.js';
import { averagePool, maxPool } from '../ops/pooling.js';
import type { Margin } from '../ops/window.js';
import type { Message } from '../schema/message.js';
import {
  between,
  defineLayer,
  exactly,
  type SetUpContext,
} from './define-layer.js';
import { bottom, bottomShape, multiply } from './operands.js';

type Pair = readonly [number, number];

interface PoolGeometry {
  readonly image: Pair;
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly pads: Pair;
  readonly pooled: Pair;
}

type Param = Message<'PoolingParameter'>;

/** `x`, or `x_h` and `x_w`, never both (pooling_layer.cpp, LayerSetUp). */
function perSide(
  context: SetUpContext,
  param: Param,
  field: 'kernel_size' | 'stride' | 'pad',
): Pair | undefined {
  const [high, wide] = (
    {
      kernel_size: ['kernel_h', 'kernel_w'],
      stride: ['stride_h', 'stride_w'],
      pad: ['pad_h', 'pad_w'],
    } as const
  )[field];
  if (!param.has(high) && !param.has(wide)) {
    return [param.get(field), param.get(field)];
  }
  const span = param.spanOf(param.has(high) ? high : wide);
  if (param.has(field)) {
    return context.refuse(
      `give ${field} or ${high} and ${wide}, not both`,
      span,
    );
  }
  if (field !== 'pad' && !(param.has(high) && param.has(wide))) {
    return context.refuse(`${high} and ${wide} are given together`, span);
  }
  return [param.get(high), param.get(wide)];
}

/** Pooling-C1 and C2: how many windows there are on each axis. */
function pooledSize(
  image: Pair,
  kernel: Pair,
  strides: Pair,
  pads: Pair,
  roundUp: boolean,
): Pair {
  const padded = pads.some((size) => size > 0);
  const count = (axis: 0 | 1): number => {
    const steps = (image[axis] + 2 * pads[axis] - kernel[axis]) / strides[axis];
    const windows = (roundUp ? Math.ceil(steps) : Math.floor(steps)) + 1;
    const startsPastEnd =
      (windows - 1) * strides[axis] >= image[axis] + pads[axis];
    return padded && startsPastEnd ? windows - 1 : windows;
  };
  return [count(0), count(1)];
}

function poolGeometry(
  context: SetUpContext,
  param: Param,
): PoolGeometry | undefined {
  const [, , height = 0, width = 0] = bottomShape(context);
  const image = [height, width] as const;
  const global = param.get('global_pooling') || context.globalPool;
  const sized = (['kernel_size', 'kernel_h', 'kernel_w'] as const).filter(
    (field) => param.has(field),
  );
  const [sizeField] = sized;
  if (param.get('global_pooling') && sizeField !== undefined) {
    return context.refuse(
      'global_pooling takes its kernel from the bottom',
      param.spanOf(sizeField),
    );
  }
  if (!global && sizeField === undefined) {
    return context.refuse('kernel_size is missing', param.span);
  }
  const kernel = global ? image : perSide(context, param, 'kernel_size');
  const strides = context.globalPool
    ? ([1, 1] as const)
    : perSide(context, param, 'stride');
  const pads = context.globalPool
    ? ([0, 0] as const)
    : perSide(context, param, 'pad');
  if (!kernel || !strides || !pads) return undefined;
  if (kernel.includes(0)) {
    return context.refuse(
      'the kernel must not be 0',
      param.spanOf(sizeField ?? 'kernel_size'),
    );
  }
  if (strides.includes(0)) {
    return context.refuse('the stride must not be 0', param.spanOf('stride'));
  }
  if (
    param.get('global_pooling') &&
    (pads.some((size) => size !== 0) || strides.some((size) => size !== 1))
  ) {
    return context.refuse(
      'global_pooling goes with pad 0 and stride 1',
      param.span,
    );
  }
  if (pads.some((size, axis) => size !== 0 && size >= (kernel[axis] ?? 0))) {
    return context.refuse(
      `pad ${pads.join('x')} must be smaller than the kernel ${kernel.join('x')}`,
      param.spanOf(param.has('pad') ? 'pad' : 'pad_h'),
    );
  }
  const roundUp = param.get('round_mode') === 'CEIL';
  const pooled = pooledSize(image, kernel, strides, pads, roundUp);
  return { image, kernel, strides, pads, pooled };
}

/** What the windows read before and after the image, and how far the last one reaches. */
function poolMargins({
  image,
  kernel,
  strides,
  pads,
  pooled,
}: PoolGeometry): readonly [Margin, Margin] {
  const margin = (axis: 0 | 1): Margin => {
    const end = (pooled[axis] - 1) * strides[axis] + kernel[axis];
    return [pads[axis], Math.max(end - image[axis] - pads[axis], 0)];
  };
  return [margin(0), margin(1)];
}

/** How many cells Caffe divides by in each window of one axis: those inside the padded image. */
function windowSizes(geometry: PoolGeometry, axis: 0 | 1): readonly number[] {
  const { image, kernel, strides, pads, pooled } = geometry;
  return Array.from({ length: pooled[axis] }, (_, index) => {
    const start = index * strides[axis] - pads[axis];
    return Math.min(start + kernel[axis], image[axis] + pads[axis]) - start;
  });
}

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

/** One window over the whole image. */
const coversImage = ({ image, kernel, pads, pooled }: PoolGeometry): boolean =>
  pooled.every((count) => count === 1) &&
  pads.every((size) => size === 0) &&
  kernel.every((size, axis) => size === image[axis]);

/**
 * Pooling (pooling_layer.cpp) over the image of a bottom N, C, H, W.
 *
 * - C1: the number of windows rounds up (`round_mode: FLOOR` rounds down).
 * - C2: with any padding, a last window that would start at or past in + pad is dropped, on
 *   both axes.
 * - C3: AVE divides by the window clipped to the padded image; zeros of the padding count.
 * - C4: in MAX the padding never wins; a window outside of the image gives -FLT_MAX.
 */
export const pooling = defineLayer({
  type: 'Pooling',
  bottoms: exactly(1),
  tops: between(1, 2),
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
        if (coversImage(geometry)) {
          const reduce = method === 'MAX' ? reduceMax : reduceMean;
          return [builder.apply(reduce, [x], { axes: [2, 3] })];
        }
        const pool = method === 'MAX' ? largest : average;
        return [pool(builder, x, geometry)];
      },
    };
  },
});
