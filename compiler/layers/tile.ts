import { sizeAt } from '../ir/types.js';
import { tile as tileOp } from '../ops/tile.js';
import { canonicalAxis } from './axis.js';
import { defineLayer, exactly } from './define-layer.js';
import { bottom, bottomShape } from './operands.js';

/** Tile (tile_layer.cpp): `tiles` copies of the bottom, one behind the other on `axis` (1). */
export const tile = defineLayer({
  type: 'Tile',
  bottoms: exactly(1),
  tops: exactly(1),
  setUp(context) {
    const param = context.message.get('tile_param');
    const shape = bottomShape(context);
    const axis = canonicalAxis(
      context,
      param.get('axis'),
      shape.length,
      param.spanOf('axis'),
    );
    if (axis === undefined) return undefined;
    const tiles = param.get('tiles');
    if (!param.has('tiles') || tiles < 1) {
      return context.refuse(
        'tiles must be given, and at least 1',
        param.spanOf('tiles'),
      );
    }
    return {
      tops: [shape.with(axis, sizeAt(shape, axis) * tiles)],
      lower: ({ builder, bottoms }) => {
        const x = bottom({ bottoms });
        return [tiles === 1 ? x : builder.apply(tileOp, [x], { axis, tiles })];
      },
    };
  },
});
