import { atLeast, defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape } from './operands.js';

/** Split (split_layer.cpp): its bottom under several names. Not in place. */
export const split = defineLayer({
  type: 'Split',
  bottoms: exactly(1),
  tops: atLeast(1),
  takesDynamicItems: true,
  setUp(context) {
    const { message, topCount } = context;
    const [name] = message.get('bottom');
    const inPlace = message.get('top').findIndex((top) => top === name);
    if (inPlace !== -1) {
      return context.refuse(
        'cannot work in place',
        message.spanOf('top', inPlace),
      );
    }
    return {
      tops: Array.from({ length: topCount }, () => bottomShape(context)),
      lower: ({ bottoms }) =>
        Array.from({ length: topCount }, () => bottom({ bottoms })),
    };
  },
});
