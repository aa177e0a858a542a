import { slice } from '../ops/axis-ops.js';
import { resizeBilinear } from '../ops/image-ops.js';
import type { Message } from '../schema/message.js';
import {
  between,
  defineLayer,
  exactly,
  type SetUpContext,
} from './define-layer.js';
import { bottom, bottomShape, reshaped } from './operands.js';

type Size = readonly [height: number, width: number];
type Param = Message<'InterpParameter'>;

/** The size that the fields, or a second bottom, ask for, of an image after cropping. */
function resized(
  context: SetUpContext,
  param: Param,
  [height, width]: Size,
): Size | undefined {
  const second = context.bottoms[1];
  if (second !== undefined) return [second[2] ?? 0, second[3] ?? 0];
  const zoom = param.has('zoom_factor');
  const shrink = param.has('shrink_factor');
  const explicit = param.has('height') && param.has('width');
  const ways = [zoom, shrink, explicit].filter(Boolean).length;
  if (ways !== 1) {
    return context.refuse(
      `give exactly one of zoom_factor, shrink_factor, height and width, or a second bottom (there are ${ways})`,
      param.span,
    );
  }
  if (explicit) return [param.get('height'), param.get('width')];
  const factor = param.get(zoom ? 'zoom_factor' : 'shrink_factor');
  if (factor < 1) {
    return context.refuse(
      `the factor must be at least 1, not ${factor}`,
      param.spanOf(zoom ? 'zoom_factor' : 'shrink_factor'),
    );
  }
  const size = (extent: number): number =>
    zoom
      ? extent + (extent - 1) * (factor - 1)
      : Math.trunc((extent - 1) / factor) + 1;
  return [size(height), size(width)];
}

/**
 * Interp (interp_layer.cpp of the Residual Attention Network's Caffe): bilinear resizing of the
 * image of a bottom N, C, H, W, with the corners kept in place.
 *
 * - C1: the size comes from exactly one of `zoom_factor`, `shrink_factor`, `height` and
 *   `width`, or from the image of a second bottom, which gets no gradient.
 * - C2: `pad_beg` and `pad_end` are not positive and crop both axes before.
 * - C3: equal sizes copy.
 */
export const interp = defineLayer({
  type: 'Interp',
  bottoms: between(1, 2),
  tops: exactly(1),
  setUp(context) {
    const { message } = context;
    const param = message.get('interp_param');
    const [, , inHeight, inWidth, ...more] = bottomShape(context);
    // A bottom of fewer axes has 1 for those that are missing (Blob::LegacyShape).
    const [batch = 1, channels = 1] = bottomShape(context);
    const [height, width] = [inHeight ?? 1, inWidth ?? 1];
    if (more.length > 0) {
      return context.refuse(
        'its bottom must have at most 4 axes',
        message.spanOf('bottom', 0),
      );
    }
    const positive = (['pad_beg', 'pad_end'] as const).find(
      (field) => param.get(field) > 0,
    );
    if (positive !== undefined) {
      return context.refuse(
        `${positive} must not be positive: it crops`,
        param.spanOf(positive),
      );
    }
    const begin = -param.get('pad_beg');
    const removed = begin - param.get('pad_end');
    const cropped: Size = [height - removed, width - removed];
    if (cropped.some((size) => size < 1)) {
      return context.refuse('pad_beg and pad_end leave nothing', param.span);
    }
    const size = resized(context, param, cropped);
    if (size === undefined) return undefined;
    if (size.some((extent) => extent < 1)) {
      return context.refuse(`its size would be ${size.join('x')}`, param.span);
    }
    const top = [batch, channels, ...size];
    return {
      tops: [top],
      lower: ({ builder, bottoms }) => {
        const x = reshaped(builder, bottom({ bottoms }), [
          batch,
          channels,
          height,
          width,
        ]);
        const inner =
          removed === 0
            ? x
            : builder.apply(slice, [x], {
                begin: [0, 0, begin, begin],
                size: [batch, channels, ...cropped],
              });
        if (size[0] === cropped[0] && size[1] === cropped[1]) return [inner];
        return [
          builder.apply(resizeBilinear, [inner], {
            height: size[0],
            width: size[1],
            format: 'NCHW',
          }),
        ];
      },
    };
  },
});
