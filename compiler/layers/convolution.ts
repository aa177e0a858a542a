import { invariant } from '../diagnostics.js';
import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { elementCount, type Shape, sizeAt } from '../ir/types.js';
import { concat, pad, slice } from '../ops/axis-ops.js';
import { conv2d, conv3d } from '../ops/convolution.js';
import { transpose } from '../ops/shape-ops.js';
import { extent, type Margin } from '../ops/window.js';
import { countBetween } from './axis.js';
import { atLeast, defineLayer } from './define-layer.js';
import type { KernelGeometry } from './kernel-geometry.js';
import { convolvedImage, kernelGeometry } from './kernel-geometry.js';
import {
  add,
  bottomShape,
  overChannels,
  parameter,
  reshaped,
} from './operands.js';

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

/** Over one or two spatial axes; a missing one gets size 1. x: batch, channels, image. */
function convolvePlane(
  builder: Builder,
  x: Value,
  filter: Value,
  geometry: KernelGeometry,
  groups: number,
  top: Shape,
): Value {
  const pair = <T>(list: readonly T[], absent: T): readonly [T, T] => {
    const padded = [absent, absent, ...list].slice(-2);
    const [first, second] = padded;
    invariant(first !== undefined && second !== undefined, 'no two entries');
    return [first, second];
  };
  const plane = (shape: Shape): Shape => [
    ...shape.slice(0, 2),
    ...pair(shape.slice(2), 1),
  ];
  const convolved = builder.apply(
    conv2d,
    [
      reshaped(builder, x, plane(x.type.shape)),
      reshaped(builder, filter, plane(filter.type.shape)),
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
  geometry: KernelGeometry,
  groups: number,
  top: Shape,
): Value {
  const padded = builder.apply(pad, [x], {
    paddings: [[0, 0], [0, 0], ...margins(geometry, top)],
    value: 0,
  });
  const channelsLast = builder.apply(transpose, [padded], {
    permutation: [0, 2, 3, 4, 1],
  });
  const filters = builder.apply(transpose, [filter], {
    permutation: [2, 3, 4, 1, 0],
  });
  const part = (value: Value, group: number): Value => {
    const { shape } = value.type;
    const share = sizeAt(shape, 4) / groups;
    return builder.apply(slice, [value], {
      begin: [0, 0, 0, 0, group * share],
      size: shape.with(4, share),
    });
  };
  const parts = Array.from({ length: groups }, (_, group) =>
    builder.apply(conv3d, [part(channelsLast, group), part(filters, group)], {
      strides: geometry.strides,
      dilations: geometry.dilations,
    }),
  );
  const [whole] = parts;
  const joined =
    whole !== undefined && parts.length === 1
      ? whole
      : builder.apply(concat, parts, { axis: 4 });
  return builder.apply(transpose, [joined], { permutation: [0, 4, 1, 2, 3] });
}

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
export const convolution = defineLayer({
  type: 'Convolution',
  bottoms: atLeast(1),
  tops: 'as-bottoms',
  setUp(context) {
    const param = context.message.get('convolution_param');
    const geometry = kernelGeometry(context, param);
    if (geometry === undefined) return undefined;
    const { channels, channelAxis, kernel } = geometry;
    const outputs = param.get('num_output');
    const groups = param.get('group');
    if (outputs < 1) {
      return context.refuse(
        'num_output must be at least 1',
        param.spanOf('num_output'),
      );
    }
    if (groups < 1 || channels % groups !== 0 || outputs % groups !== 0) {
      return context.refuse(
        `group ${groups} must divide the ${channels} channels of its bottom and num_output ${outputs}`,
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
    if (image.length > 3) {
      return context.refuse(
        `${image.length} spatial axes; at most 3 are supported`,
        param.spanOf('axis'),
      );
    }
    const bottom = bottomShape(context);
    const batchShape = bottom.slice(0, channelAxis);
    const batch = elementCount(batchShape);
    const filterShape = [outputs, channels / groups, ...kernel];
    const top = [...batchShape, outputs, ...image];
    const biased = param.get('bias_term');
    const convolve = image.length === 3 ? convolveVolume : convolvePlane;
    return {
      tops: context.bottoms.map(() => top),
      parameters: [
        { shape: filterShape, filler: param.get('weight_filler') },
        ...(biased
          ? [{ shape: [outputs], filler: param.get('bias_filler') }]
          : []),
      ],
      macs:
        context.bottoms.length *
        batch *
        elementCount(image) *
        countBetween(filterShape, 0),
      lower: ({ builder, bottoms, parameters }) =>
        bottoms.map((value) => {
          const x = reshaped(builder, value, [
            batch,
            channels,
            ...geometry.image,
          ]);
          const filter = parameter({ parameters }, 0);
          const y = convolve(builder, x, filter, geometry, groups, image);
          if (!biased) return reshaped(builder, y, top);
          const bias = overChannels(
            builder,
            parameter({ parameters }, 1),
            y.type.shape.length,
          );
          return reshaped(builder, add(builder, y, bias), top);
        }),
    };
  },
});
