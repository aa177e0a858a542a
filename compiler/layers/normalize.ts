import { none, sqrt, square } from '../ops/elementwise.js';
import { reduceSum } from '../ops/reductions.js';
import type { Message } from '../schema/message.js';
import {
  defineLayer,
  exactly,
  type SetUpContext,
  startsAt,
} from './define-layer.js';
import {
  add,
  bottom,
  bottomShape,
  divide,
  multiply,
  overChannels,
  parameter,
  scalar,
} from './operands.js';

type Param = Message<'NormalizeParameter'>;

/** Options of another layer of this name, which has no blob. */
const othersOptions = ['normalize_type', 'fix_gradient', 'bp_norm'] as const;

/** Whether the layer is that of the single shot detector; tells where it is not. */
function isKnown(context: SetUpContext, param: Param): boolean {
  const other = othersOptions.find((field) => param.has(field));
  if (other === undefined && context.message.dialect !== 'happynear') {
    return true;
  }
  context.refuse(
    "happynear's layer of this name is not supported, only that of the single shot detector",
    other === undefined ? context.message.spanOf('type') : param.spanOf(other),
  );
  return false;
}

/** ParseNet's `fix_scale`, which is true by default and which others lack. */
const isFixed = (context: SetUpContext, param: Param): boolean =>
  param.has('fix_scale')
    ? param.get('fix_scale')
    : context.message.dialect === 'parsenet';

/**
 * Normalize (normalize_layer.cpp of SSD's Caffe): divides by the L2 norm and multiplies by
 * learnt factors.
 *
 * Bottom: N, C, ... (two to four axes). Blob: the factors (C), or a single one with
 * `channel_shared` (the default); they start at 1.
 *
 * - C1: the norm is sqrt(sum of squares + eps), over a whole item with `across_spatial` (the
 *   default), else over the channels of each place.
 * - C2: ParseNet's `fix_scale` (true there by default) keeps the factors from being learnt.
 * - C3: Caffe's gradient with several factors leaves them out of the sum over channels, which
 *   is a fault; here it is the gradient of what is computed.
 */
export const normalize = defineLayer({
  type: 'Normalize',
  bottoms: exactly(1),
  tops: exactly(1),
  foreignOptions: ['norm_param'],
  setUp(context) {
    const param = context.message.get('norm_param');
    if (!isKnown(context, param)) return undefined;
    const shape = bottomShape(context);
    if (shape.length < 2 || shape.length > 4) {
      return context.refuse(
        `its bottom must have 2 to 4 axes, not ${shape.length}`,
        context.message.spanOf('bottom', 0),
      );
    }
    const [, channels = 1] = shape;
    const shared = param.get('channel_shared');
    const axes = param.get('across_spatial')
      ? shape.map((_, axis) => axis).slice(1)
      : [1];
    return {
      tops: [shape],
      parameters: [
        {
          shape: shared ? [] : [channels],
          filler: param.has('scale_filler')
            ? param.get('scale_filler')
            : startsAt(1),
          unlearnt: isFixed(context, param),
        },
      ],
      lower: ({ builder, bottoms, parameters }) => {
        const x = bottom({ bottoms });
        const squares = builder.apply(square, [x], none);
        const sum = builder.apply(reduceSum, [squares], { axes });
        const norm = builder.apply(
          sqrt,
          [add(builder, sum, scalar(builder, param.get('eps')))],
          none,
        );
        const factors = parameter({ parameters }, 0);
        return [
          multiply(
            builder,
            divide(builder, x, norm),
            shared ? factors : overChannels(builder, factors, shape.length),
          ),
        ];
      },
    };
  },
});
