import { elementCount } from '../ir/types.js';
import { concat, pad } from '../ops/axis-ops.js';
import { stridedSlice } from '../ops/stride-ops.js';
import { countBetween } from './axis.js';
import { defineLayer, exactly } from './define-layer.js';
import {
  convolvedImage,
  kernelGeometry,
  kernelPlaces,
} from './kernel-geometry.js';
import { bottom, bottomShape, reshaped } from './operands.js';

/**
 * Im2col (im2col_layer.cpp): what each window of a convolution reads, laid under one another.
 *
 * Bottom: batch axes, channels, spatial axes. Top: batch axes, channels * kernel (the channel
 * slowest, then the kernel's rows, its columns), spatial axes of the convolution's top.
 *
 * - C1: geometry, sizes and zeros around the image are Convolution's.
 */
export const im2col = defineLayer({
  type: 'Im2col',
  bottoms: exactly(1),
  tops: exactly(1),
  setUp(context) {
    const param = context.message.get('convolution_param');
    const geometry = kernelGeometry(context, param);
    if (geometry === undefined) return undefined;
    const { channels, channelAxis, image, kernel, strides, pads } = geometry;
    const windows = convolvedImage(geometry);
    if (windows.some((size) => size < 1)) {
      return context.refuse(
        `the kernel ${kernel.join('x')} is larger than the padded bottom ${image.join('x')}`,
        param.spanOf('kernel_size'),
      );
    }
    const outer = bottomShape(context).slice(0, channelAxis);
    const batch = elementCount(outer);
    const top = [...outer, channels * countBetween(kernel, 0), ...windows];
    return {
      tops: [top],
      lower: ({ builder, bottoms }) => {
        const x = reshaped(builder, bottom({ bottoms }), [
          batch,
          channels,
          ...image,
        ]);
        const padded = builder.apply(pad, [x], {
          paddings: [
            [0, 0],
            [0, 0],
            ...pads.map((size) => [size, size] as const),
          ],
          value: 0,
        });
        const read = kernelPlaces(geometry).map((place) =>
          reshaped(
            builder,
            builder.apply(stridedSlice, [padded], {
              begin: [0, 0, ...place],
              size: [batch, channels, ...windows],
              strides: [1, 1, ...strides],
            }),
            [batch, channels, 1, ...windows],
          ),
        );
        const [only] = read;
        const joined =
          only !== undefined && read.length === 1
            ? only
            : builder.apply(concat, read, { axis: 2 });
        return [reshaped(builder, joined, top)];
      },
    };
  },
});
