import type { Shape } from '../ir/types.js';
import type { Message } from '../schema/message.js';
import { canonicalAxis } from './axis.js';
import type { SetUpContext } from './define-layer.js';
import { bottomShape } from './operands.js';

/** How a kernel lies over the spatial axes; each list has one entry for each of them. */
export interface KernelGeometry {
  readonly channelAxis: number;
  readonly channels: number;
  /** Sizes of the spatial axes of the bottom. */
  readonly image: readonly number[];
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly pads: readonly number[];
  readonly dilations: readonly number[];
}

type Param = Message<'ConvolutionParameter'>;

/** The fields that name the two image axes one by one. */
const perSide = {
  kernel_size: ['kernel_h', 'kernel_w'],
  stride: ['stride_h', 'stride_w'],
  pad: ['pad_h', 'pad_w'],
} as const;

/**
 * One number for each spatial axis: `x_h` and `x_w` on two axes, or `x` written not at all,
 * once, or once for each axis (base_conv_layer.cpp, LayerSetUp).
 */
function perAxis(
  context: SetUpContext,
  param: Param,
  field: keyof typeof perSide | 'dilation',
  axes: number,
  otherwise: number | undefined,
): readonly number[] | undefined {
  const values = param.get(field);
  if (field !== 'dilation') {
    const [high, wide] = perSide[field];
    if (param.has(high) || param.has(wide)) {
      const span = param.spanOf(param.has(high) ? high : wide);
      if (axes !== 2) {
        return context.refuse(
          `${high} and ${wide} are for 2 spatial axes, not ${axes}`,
          span,
        );
      }
      if (values.length > 0) {
        return context.refuse(
          `give ${field} or ${high} and ${wide}, not both`,
          span,
        );
      }
      if (field === 'kernel_size' && !(param.has(high) && param.has(wide))) {
        return context.refuse(`${high} and ${wide} are given together`, span);
      }
      return [param.get(high), param.get(wide)];
    }
  }
  if (values.length === axes) return values;
  const [first = otherwise] = values;
  if (first === undefined || values.length > 1) {
    return context.refuse(
      values.length === 0
        ? `${field} is missing`
        : `${field} must be given once, or once for each of the ${axes} spatial axes; it is given ${values.length} times`,
      param.spanOf(field),
    );
  }
  return new Array<number>(axes).fill(first);
}

/** Reads the geometry of a convolution_param (Convolution, Deconvolution, Im2col). */
export function kernelGeometry(
  context: SetUpContext,
  param: Param,
): KernelGeometry | undefined {
  const shape = bottomShape(context);
  const channelAxis = canonicalAxis(
    context,
    param.get('axis'),
    shape.length,
    param.spanOf('axis'),
  );
  if (channelAxis === undefined) return undefined;
  const different = context.bottoms.find(
    (other) => other.join() !== shape.join(),
  );
  if (different !== undefined) {
    return context.refuse(
      `all bottoms must have one shape; there are ${shape.join('x')} and ${different.join('x')}`,
    );
  }
  const image = shape.slice(channelAxis + 1);
  const axes = image.length;
  const kernel = perAxis(context, param, 'kernel_size', axes, undefined);
  const strides = perAxis(context, param, 'stride', axes, 1);
  const pads = perAxis(context, param, 'pad', axes, 0);
  const dilations = perAxis(context, param, 'dilation', axes, 1);
  if (!kernel || !strides || !pads || !dilations) return undefined;
  const zero = kernel.includes(0)
    ? 'kernel_size'
    : strides.includes(0)
      ? 'stride'
      : undefined;
  if (zero !== undefined) {
    return context.refuse(`${zero} must not be 0`, param.spanOf(zero));
  }
  return {
    channelAxis,
    channels: shape[channelAxis] ?? 0,
    image,
    kernel,
    strides,
    pads,
    dilations,
  };
}

/** Sizes of the spatial axes of a convolution's top; the division is towards zero, as in C. */
export const convolvedImage = ({
  image,
  kernel,
  strides,
  pads,
  dilations,
}: KernelGeometry): Shape =>
  image.map((size, axis) => {
    const reach = (dilations[axis] ?? 1) * ((kernel[axis] ?? 1) - 1) + 1;
    const room = size + 2 * (pads[axis] ?? 0) - reach;
    return Math.trunc(room / (strides[axis] ?? 1)) + 1;
  });

/** Where each weight of the kernel lies in a window, in row-major order. */
export const kernelPlaces = ({
  kernel,
  dilations,
}: Pick<KernelGeometry, 'kernel' | 'dilations'>): readonly Shape[] =>
  kernel.reduce<readonly Shape[]>(
    (places, size, axis) =>
      places.flatMap((place) =>
        Array.from({ length: size }, (_, at) => [
          ...place,
          at * (dilations[axis] ?? 1),
        ]),
      ),
    [[]],
  );
