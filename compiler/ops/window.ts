import type { Shape } from '../ir/types.js';

/** `NCHW`: Caffe's order, in the logical graph. `NHWC`: TensorFlow's, in the physical one. */
export type ImageFormat = 'NCHW' | 'NHWC';

/** Zeros (or nothing, for MAX) before and after the image on one axis. May be negative: crops. */
export type Margin = readonly [before: number, after: number];

/** A window that slides over the two image axes; entries are for [height, width]. */
export interface Window {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly margins: readonly [Margin, Margin];
}

/** A convolution's window, and how its channels are grouped. */
export interface Conv2dAttributes extends Window {
  readonly groups: number;
  readonly format: ImageFormat;
}

export interface ImageSize {
  readonly batch: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

export function imageSize(shape: Shape, format: ImageFormat): ImageSize {
  const [batch = 0, second = 0, third = 0, fourth = 0] = shape;
  return format === 'NCHW'
    ? { batch, channels: second, height: third, width: fourth }
    : { batch, channels: fourth, height: second, width: third };
}

export const imageShape = (
  { batch, channels, height, width }: ImageSize,
  format: ImageFormat,
): Shape =>
  format === 'NCHW'
    ? [batch, channels, height, width]
    : [batch, height, width, channels];

/** How far a kernel reaches with its dilation. */
export const extent = (kernel: number, dilation: number): number =>
  (kernel - 1) * dilation + 1;

/** How many windows fit on one axis. */
export function windowCount(
  input: number,
  { kernel, strides, dilations, margins }: Window,
  axis: 0 | 1,
): number {
  const [before, after] = margins[axis];
  const room = input + before + after - extent(kernel[axis], dilations[axis]);
  return Math.floor(room / strides[axis]) + 1;
}

/**
 * The margins that TensorFlow's SAME stands for: as many windows as strides fit in the
 * input, an odd zero goes after (tensorflow.org, "Neural network", notes on padding).
 */
export function sameMargin(
  input: number,
  kernelExtent: number,
  stride: number,
): Margin {
  const windows = Math.ceil(input / stride);
  const total = Math.max((windows - 1) * stride + kernelExtent - input, 0);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

/**
 * How TensorFlow is told of the margins: SAME and VALID where they mean the same, because
 * those run on the fast kernels; undefined where the image must be padded first.
 */
export function paddingName(
  height: number,
  width: number,
  window: Window,
): 'SAME' | 'VALID' | undefined {
  const inputs = [height, width] as const;
  const axes = [0, 1] as const;
  if (axes.every((axis) => window.margins[axis].every((m) => m === 0))) {
    return 'VALID';
  }
  const same = axes.every((axis) => {
    const [before, after] = sameMargin(
      inputs[axis],
      extent(window.kernel[axis], window.dilations[axis]),
      window.strides[axis],
    );
    const [wantedBefore, wantedAfter] = window.margins[axis];
    return before === wantedBefore && after === wantedAfter;
  });
  return same ? 'SAME' : undefined;
}

/** A list with one entry for each axis of an image tensor in `format`. */
export const perImageAxis = (
  format: ImageFormat,
  [height, width]: readonly [number, number],
): readonly number[] =>
  format === 'NCHW' ? [1, 1, height, width] : [1, height, width, 1];
