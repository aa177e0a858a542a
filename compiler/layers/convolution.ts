import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { elementCount, type Shape } from '../ir/types.js';
import { pad } from '../ops/axis-ops.js';
import { conv2d } from '../ops/convolution.js';
import { transpose } from '../ops/shape-ops.js';
import { conv3d } from '../ops/volume-convolution.js';
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
import { atLeast, defineLayer, type LayerDefinition } from './define-layer.js';
import type { KernelGeometry } from './kernel-geometry.js';
import { convolvedImage } from './kernel-geometry.js';
import { parameter, reshaped } from './operands.js';

/** What a kernel reads before and after each spatial axis, so that `tops` windows fit. */
function margins(geometry: KernelGeometry, tops: Shape): readonly Margin[] {
  const { image, kernel, strides, pads, dilations } = geometry;
  return image.map((size, axis) => {
    const before = pads[axis] ?? 0;
    const reach = extent(kernel[axis] ?? 1, dilations[axis] ?? 1);
    const end = ((tops[axis] ?? 1) - 1) * (strides[axis] ?? 1) + reach;
    return [before, Math.max(end - size - before, 0)];
  });
}

/** Over one or two spatial axes. x: batch, channels, image. */
function convolvePlane(
  builder: Builder,
  x: Value,
  filter: Value,
  { geometry, groups }: BaseConvolution,
  top: Shape,
): Value {
  const convolved = builder.apply(
    conv2d,
    [
      reshaped(builder, x, planeOf(x.type.shape)),
      reshaped(builder, filter, planeOf(filter.type.shape)),
    ],
    {
      kernel: pair(geometry.kernel, 1),
      strides: pair(geometry.strides, 1),
      dilations: pair(geometry.dilations, 1),
      margins: pair<Margin>(margins(geometry, top), [0, 0]),
      groups,
      format: 'NCHW',
    },
  );
  return reshaped(builder, convolved, [
    ...convolved.type.shape.slice(0, 2),
    ...top,
  ]);
}

/** Over three spatial axes; groups one by one. x: batch, channels, depth, height, width. */
function convolveVolume(
  builder: Builder,
  x: Value,
  filter: Value,
  { geometry, groups }: BaseConvolution,
  top: Shape,
): Value {
  const { strides, dilations } = geometry;
  const padded = builder.apply(pad, [x], {
    paddings: [[0, 0], [0, 0], ...margins(geometry, top)],
    value: 0,
  });
  const volume = channelsLast(builder, padded);
  const filters = builder.apply(transpose, [filter], {
    permutation: filterOrder,
  });
  const joined = groupByGroup(
    builder,
    [volume, filters],
    [4, 4],
    groups,
    (part, itsFilters) =>
      builder.apply(conv3d, [part, itsFilters], { strides, dilations }),
  );
  return channelsSecond(builder, joined);
}

/** A layer type that convolves; `ofChannels`: every channel is a group. */
const convolutionOf = (
  type: string,
  groupsFrom: 'group' | 'channels',
): LayerDefinition =>
  defineLayer({
    type,
    bottoms: atLeast(1),
    tops: 'as-bottoms',
    setUp(context) {
      const param = context.message.get('convolution_param');
      const written = param.has('group') ? param.get('group') : undefined;
      const base = baseConvolution(context, param, (channels) =>
        groupsFrom === 'channels' ? channels : param.get('group'),
      );
      if (base === undefined) return undefined;
      const { geometry, outputs, groups, batchShape } = base;
      const { channels, kernel } = geometry;
      if (written !== undefined && written !== groups) {
        return context.refuse(
          `every one of its ${channels} channels is a group; group says ${written}`,
          param.spanOf('group'),
        );
      }
      const image = convolvedImage(geometry);
      if (image.some((size) => size < 1)) {
        return context.refuse(
          `the kernel ${kernel.join('x')} is larger than the padded bottom ${geometry.image.join('x')}`,
          param.spanOf('kernel_size'),
        );
      }
      const batch = elementCount(batchShape);
      const filterShape = [outputs, channels / groups, ...kernel];
      const top = [...batchShape, outputs, ...image];
      const convolve = image.length === 3 ? convolveVolume : convolvePlane;
      return {
        tops: context.bottoms.map(() => top),
        parameters: convolutionBlobs(param, filterShape, base),
        macs:
          context.bottoms.length *
          batch *
          elementCount(image) *
          elementCount(filterShape),
        lower: ({ builder, bottoms, parameters }) =>
          bottoms.map((value) => {
            const x = reshaped(builder, value, [
              batch,
              channels,
              ...geometry.image,
            ]);
            const filter = parameter({ parameters }, 0);
            const y = convolve(builder, x, filter, base, image);
            return reshaped(
              builder,
              withBias(builder, y, parameters, base),
              top,
            );
          }),
      };
    },
  });

/**
 * Convolution (conv_layer.cpp, base_conv_layer.cpp).
 *
 * Bottoms: any number of one shape; the axes before `axis` are batch axes, those after it
 * spatial. Blobs: weight (num_output, channels / group, kernel...), bias (num_output) unless
 * `bias_term: false`. Up to three spatial axes.
 *
 * - C1: a top's size is (in + 2 pad - reach) / stride + 1, divided towards zero.
 * - C2: `kernel_h`/`kernel_w` and their like are for two spatial axes, and not beside the
 *   repeated field.
 * - C3: channels and num_output are multiples of `group`.
 * - `engine` and `force_nd_im2col` choose among equal computations and mean nothing here.
 */
export const convolution = convolutionOf('Convolution', 'group');

/**
 * DepthwiseConvolution (depthwise_conv_layer.cpp of forks): a Convolution with as many groups
 * as channels; `group` may be left out.
 */
export const depthwiseConvolution = convolutionOf(
  'DepthwiseConvolution',
  'channels',
);

/** ConvolutionDepthwise (conv_dw_layer.cpp of other forks): the same by another name. */
export const convolutionDepthwise = convolutionOf(
  'ConvolutionDepthwise',
  'channels',
);
