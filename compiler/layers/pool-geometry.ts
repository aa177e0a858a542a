import type { Margin } from '../ops/window.js';
import type { Message } from '../schema/message.js';
import type { SetUpContext } from './define-layer.js';
import { bottomShape } from './operands.js';

type Pair = readonly [number, number];

/** How windows lie over the image; pairs are [height, width]. */
export interface PoolGeometry {
  readonly image: Pair;
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly pads: Pair;
  readonly pooled: Pair;
}

type Param = Message<'PoolingParameter'>;

/** The fields that name the two image axes one by one. */
const sides = {
  kernel_size: ['kernel_h', 'kernel_w'],
  stride: ['stride_h', 'stride_w'],
  pad: ['pad_h', 'pad_w'],
} as const;

/** `x`, or `x_h` and `x_w`, never both (pooling_layer.cpp, LayerSetUp). */
function perSide(
  context: SetUpContext,
  param: Param,
  field: keyof typeof sides,
): Pair | undefined {
  const [high, wide] = sides[field];
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
  if (!param.has(high) || !param.has(wide)) {
    return context.refuse(`${high} and ${wide} are given together`, span);
  }
  return [param.get(high), param.get(wide)];
}

/** Pooling-C1 and C2: how many windows there are on each axis. */
export function pooledSize(
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

export function poolGeometry(
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
  const roundUp = param.get('round_mode') === 'CEIL' && param.get('ceil_mode');
  const pooled = pooledSize(image, kernel, strides, pads, roundUp);
  return { image, kernel, strides, pads, pooled };
}

/** What the windows read before and after the image, and how far the last one reaches. */
export function poolMargins({
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
export function windowSizes(
  geometry: PoolGeometry,
  axis: 0 | 1,
): readonly number[] {
  const { image, kernel, strides, pads, pooled } = geometry;
  return Array.from({ length: pooled[axis] }, (_, index) => {
    const start = index * strides[axis] - pads[axis];
    return Math.min(start + kernel[axis], image[axis] + pads[axis]) - start;
  });
}

/** One window over the whole image. */
export const coversImage = ({
  image,
  kernel,
  pads,
  pooled,
}: PoolGeometry): boolean =>
  pooled.every((count) => count === 1) &&
  pads.every((size) => size === 0) &&
  kernel.every((size, axis) => size === image[axis]);
