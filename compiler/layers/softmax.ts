import { softmax as softmaxOp } from '../ops/softmax.js';
import { canonicalAxis } from './axis.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape } from './operands.js';

/** Softmax (softmax_layer.cpp) along `axis` (1). `engine` means nothing here. */
export const softmax = defineLayer({
  type: 'Softmax',
  bottoms: exactly(1),
  tops: exactly(1),
  takesDynamicItems: true,
  setUp(context) {
    const param = context.message.get('softmax_param');
    const shape = bottomShape(context);
    const axis = canonicalAxis(
      context,
      param.get('axis'),
      shape.length,
      param.spanOf('axis'),
    );
    if (axis === undefined) return undefined;
    return {
      tops: [shape],
      lower: ({ builder, bottoms }) => [
        builder.apply(softmaxOp, [bottom({ bottoms })], { axis }),
      ],
    };
  },
});
