import { defineLayer, exactly } from './define-layer.js';
import { bottomShape } from './operands.js';

/** Dropout (dropout_layer.cpp): in TEST its bottom, unchanged (what is kept is scaled in TRAIN). */
export const dropout = defineLayer({
  type: 'Dropout',
  bottoms: exactly(1),
  tops: exactly(1),
  setUp(context) {
    const param = context.message.get('dropout_param');
    const ratio = param.get('dropout_ratio');
    if (ratio < 0 || ratio >= 1) {
      return context.refuse(
        `dropout_ratio must be at least 0 and less than 1, not ${ratio}`,
        param.spanOf('dropout_ratio'),
      );
    }
    if (context.phase === 'TRAIN') {
      return context.refuse('the TRAIN phase is not supported yet');
    }
    return { tops: [bottomShape(context)], lower: ({ bottoms }) => bottoms };
  },
});
