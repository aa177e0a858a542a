import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { elementCount, type Shape } from '../ir/types.js';
import { slice } from '../ops/axis-ops.js';
import { imageGradient } from '../ops/convolution.js';
import { transpose } from '../ops/shape-ops.js';
import { conv3dVolumeGradient } from '../ops/volume-convolution.js';
import { extent, type Margin } from '../ops/window.js';
import {
  type BaseConvolution,
  baseConvolution,
  channelsLast,
  channelsSecond,
  convolutionBlobs,
  filterOrder,
  groupByGroup,
  pair,
  planeOf,
  withBias,
} from './base-convolution.js';
import { atLeast, defineLayer } from './define-layer.js';
import type { KernelGeometry } from './kernel-geometry.js';
import { parameter, reshaped } from './operands.js';

/** Deconvolution-C1 */
const deconvolvedImage = ({
  image,
  kernel,
  strides,
  pads,
  dilations,
}: KernelGeometry): Shape =>
  image.map((size, axis) => {
    const reach = extent(kernel[axis] ?? 1, dilations[axis] ?? 1);
    return (strides[axis] ?? 1) * (size - 1) + reach - 2 * (pads[axis] ?? 0);
  });

/** Over one or two spatial axes. x: batch, channels, image. */
function deconvolvePlane(
  builder: Builder,
  x: Value,
  filter: Value,
  { geometry, groups, outputs }: BaseConvolution,
  top: Shape,
): Value {
  const [batch = 1] = x.type.shape;
  const margins = geometry.pads.map((size): Margin => [size, size]);
  const y = imageGradient(
    builder,
    reshaped(builder, filter, planeOf(filter.type.shape)),
    reshaped(builder, x, planeOf(x.type.shape)),
    {
      kernel: pair(geometry.kernel, 1),
      strides: pair(geometry.strides, 1),
      dilations: pair(geometry.dilations, 1),
      margins: pair<Margin>(margins, [0, 0]),
      groups,
      format: 'NCHW',
      shape: planeOf([batch, outputs, ...top]),
    },
  );
  return reshaped(builder, y, [batch, outputs, ...top]);
}

/** Over three spatial axes; groups one by one. x: batch, channels, depth, height, width. */
function deconvolveVolume(
  builder: Builder,
  x: Value,
  filter: Value,
  { geometry, groups, outputs }: BaseConvolution,
  top: Shape,
): Value {
  const { strides, dilations, pads } = geometry;
  const [batch = 1] = x.type.shape;
  const padded = top.map((size, axis) => size + 2 * (pads[axis] ?? 0));
  const filters = builder.apply(transpose, [filter], {
    permutation: filterOrder,
  });
  const joined = groupByGroup(
    builder,
    [channelsLast(builder, x), filters],
    [4, 4],
    groups,
    (part, itsFilters) =>
      builder.apply(conv3dVolumeGradient, [itsFilters, part], {
        strides,
        dilations,
        shape: [batch, ...padded, outputs / groups],
      }),
  );
  return builder.apply(slice, [channelsSecond(builder, joined)], {
    begin: [0, 0, ...pads],
    size: [batch, outputs, ...top],
  });
}

/**
 * Deconvolution (deconv_layer.cpp, base_conv_layer.cpp): what the backward pass of a
 * convolution does to its top, forward.
 *
 * Bottoms: as Convolution's. Blobs: weight (channels, num_output / group, kernel...), bias
 * (num_output) unless `bias_term: false`. Up to three spatial axes.
 *
 * - C1: a top's size is stride * (in - 1) + reach - 2 pad.
 * - C2: channels and num_output are multiples of `group`.
 * - `engine` and `force_nd_im2col` choose among equal computations and mean nothing here.
 */
export const deconvolution = defineLayer({
  type: 'Deconvolution',
  bottoms: atLeast(1),
  tops: 'as-bottoms',
  setUp(context) {
    const param = context.message.get('convolution_param');
    const base = baseConvolution(context, param, () => param.get('group'));
    if (base === undefined) return undefined;
    const { geometry, outputs, groups, batchShape } = base;
    const { channels, kernel, pads } = geometry;
    const image = deconvolvedImage(geometry);
    if (image.some((size) => size < 1)) {
      return context.refuse(
        `the pad ${pads.join('x')} leaves nothing of its top`,
        param.spanOf('pad'),
      );
    }
    const batch = elementCount(batchShape);
    const filterShape = [channels, outputs / groups, ...kernel];
    const top = [...batchShape, outputs, ...image];
    const deconvolve = image.length === 3 ? deconvolveVolume : deconvolvePlane;
    return {
      tops: context.bottoms.map(() => top),
      parameters: convolutionBlobs(param, filterShape, base),
      macs:
        context.bottoms.length *
        batch *
        elementCount(geometry.image) *
        elementCount(filterShape),
      lower: ({ builder, bottoms, parameters }) =>
        bottoms.map((value) => {
          const x = reshaped(builder, value, [
            batch,
            channels,
            ...geometry.image,
          ]);
          const filter = parameter({ parameters }, 0);
          const y = deconvolve(builder, x, filter, base, image);
          return reshaped(builder, withBias(builder, y, parameters, base), top);
        }),
    };
  },
});
