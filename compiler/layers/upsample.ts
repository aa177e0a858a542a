import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { float32, sameShape, type Shape, shapeText } from '../ir/types.js';
import { constant } from '../ops/constant.js';
import { differentiateAs } from '../ops/differentiate-as.js';
import { equal, none } from '../ops/elementwise.js';
import { gather, largestOfRows, sumRows, toInteger } from '../ops/index-ops.js';
import { repeatPixels } from '../ops/repeat-pixels.js';
import type { Message } from '../schema/message.js';
import {
  between,
  defineLayer,
  exactly,
  type SetUp,
  type SetUpContext,
} from './define-layer.js';
import { add, bottom, bottomShape, multiply, reshaped } from './operands.js';

type Param = Message<'UpsampleParameter'>;
type Size = readonly [height: number, width: number];

/** Upsample-C1. */
function repeated(context: SetUpContext, param: Param): SetUp | undefined {
  const [batch = 1, channels = 1, height = 1, width = 1] = bottomShape(context);
  const others = (
    [
      'scale_h',
      'scale_w',
      'pad_out_h',
      'pad_out_w',
      'upsample_h',
      'upsample_w',
    ] as const
  ).find((field) => param.has(field));
  if (others !== undefined) {
    return context.refuse(
      `${others} goes with a second bottom, the mask`,
      param.spanOf(others),
    );
  }
  const scale = param.has('scale') ? param.get('scale') : 1;
  if (scale < 1) {
    return context.refuse(
      `scale must be at least 1, not ${scale}`,
      param.spanOf('scale'),
    );
  }
  return {
    tops: [[batch, channels, height * scale, width * scale]],
    lower: ({ builder, bottoms }) => {
      const x = bottom({ bottoms });
      return scale === 1
        ? [x]
        : [
            builder.apply(repeatPixels, [x], {
              factors: [scale, scale],
              format: 'NCHW',
            }),
          ];
    },
  };
}

/** Upsample-C2: the size of the top. */
function sizeOf(
  context: SetUpContext,
  param: Param,
  [height, width]: Size,
): Size | undefined {
  if (param.has('upsample_h') && param.has('upsample_w')) {
    return [param.get('upsample_h'), param.get('upsample_w')];
  }
  const sided = param.has('scale_h') || param.has('scale_w');
  if (
    sided &&
    (param.has('scale') || !param.has('scale_h') || !param.has('scale_w'))
  ) {
    return context.refuse(
      'give upsample_h and upsample_w, or scale, or scale_h and scale_w',
      param.span,
    );
  }
  const of = (side: 'h' | 'w', extent: number): number | undefined => {
    const field = sided ? (`scale_${side}` as const) : 'scale';
    const scale = param.get(field);
    const cut = param.get(`pad_out_${side}`);
    if (cut && scale !== 2) {
      return context.refuse(
        `pad_out_${side} goes with a scale of 2, not ${scale}`,
        param.spanOf(`pad_out_${side}`),
      );
    }
    return extent * scale - (cut ? 1 : 0);
  };
  const [high, wide] = [of('h', height), of('w', width)];
  return high === undefined || wide === undefined ? undefined : [high, wide];
}

const vector = (builder: Builder, shape: Shape, data: Int32Array): Value =>
  builder.apply(constant, [], {
    tensor: { type: { dtype: 'int32', shape }, data },
  });

/** Where each number goes in the top, as one vector; places outside of a plane fail. */
function placesInTop(
  builder: Builder,
  mask: Value,
  [planes, cells]: readonly [number, number],
  room: number,
): Value {
  const within = builder.apply(
    toInteger,
    [reshaped(builder, mask, [planes, cells])],
    none,
  );
  // The same number, if it is one of the plane's.
  const every = vector(
    builder,
    [room],
    Int32Array.from({ length: room }, (_, place) => place),
  );
  const checked = builder.apply(gather, [every, within], none);
  const starts = vector(
    builder,
    [planes, 1],
    Int32Array.from({ length: planes }, (_, plane) => plane * room),
  );
  return reshaped(builder, add(builder, checked, starts), [planes * cells]);
}

/** 1 for the last of those that go to one place, 0 for the others. */
function lastOfPlace(
  builder: Builder,
  places: Value,
  [planes, cells]: readonly [number, number],
  rows: number,
): Value {
  const order = builder.apply(constant, [], {
    tensor: {
      type: float32([planes * cells]),
      data: Float32Array.from(
        { length: planes * cells },
        (_, at) => at % cells,
      ),
    },
  });
  const last = builder.apply(largestOfRows, [order, places], { rows });
  const winner = builder.apply(gather, [last, places], none);
  return builder.apply(equal, [winner, order], none);
}

/** Upsample-C2 and C3. */
function unpooled(context: SetUpContext, param: Param): SetUp | undefined {
  const shape = bottomShape(context);
  const mask = bottomShape(context, 1);
  if (!sameShape(shape, mask)) {
    return context.refuse(
      `the mask (bottom 1) must be ${shapeText(shape)}, not ${shapeText(mask)}`,
      context.message.spanOf('bottom', 1),
    );
  }
  const [batch = 1, channels = 1, height = 1, width = 1] = shape;
  const size = sizeOf(context, param, [height, width]);
  if (size === undefined) return undefined;
  const top = [batch, channels, ...size];
  const planes = [batch * channels, height * width] as const;
  const room = size[0] * size[1];
  const rows = planes[0] * room;
  return {
    tops: [top],
    lower: ({ builder, bottoms }) => {
      const x = reshaped(builder, bottom({ bottoms }), [planes[0] * planes[1]]);
      const places = placesInTop(builder, bottom({ bottoms }, 1), planes, room);
      const chosen = lastOfPlace(builder, places, planes, rows);
      const put = (value: Value): Value =>
        builder.apply(sumRows, [value, places], { rows });
      const y = builder.apply(
        differentiateAs,
        [put(multiply(builder, x, chosen)), put(x)],
        none,
      );
      return [reshaped(builder, y, top)];
    },
  };
}

/**
 * Upsample (upsample_layer.cpp of two families of forks) of an image N, C, H, W.
 *
 * - C1: one bottom (the Caffes for YOLO): every pixel becomes `scale` x `scale` equal ones.
 * - C2: two bottoms (SegNet's): the second is the mask that a Pooling layer gives as its second
 *   top. Each number goes where the mask says, row * width + column, in a plane of zeros of
 *   `upsample_h` x `upsample_w`, or of `scale` (or `scale_h`, `scale_w`) times the bottom,
 *   one less with `pad_out_h`, `pad_out_w`. A place outside of the plane fails at run time.
 * - C3: of several numbers for one place the last counts; all of them get its gradient. The
 *   mask gets none.
 */
export const upsample = defineLayer({
  type: 'Upsample',
  bottoms: between(1, 2),
  tops: exactly(1),
  foreignOptions: ['upsample_param'],
  setUp(context) {
    const param = context.message.get('upsample_param');
    const { length } = bottomShape(context);
    if (length !== 4) {
      return context.refuse(
        `its bottom must have 4 axes, not ${length}`,
        context.message.spanOf('bottom', 0),
      );
    }
    return context.bottoms.length === 1
      ? repeated(context, param)
      : unpooled(context, param);
  },
});
