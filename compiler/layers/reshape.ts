import { elementCount, type Shape } from '../ir/types.js';
import type { Message } from '../schema/message.js';
import { countBetween } from './axis.js';
import { defineLayer, exactly, type SetUpContext } from './define-layer.js';
import { bottom, bottomShape, reshaped } from './operands.js';

/** The axes [start, end) that the layer replaces. */
function replacedAxes(
  context: SetUpContext,
  param: Message<'ReshapeParameter'>,
  rank: number,
): readonly [start: number, end: number] | undefined {
  const axis = param.get('axis');
  const count = param.get('num_axes');
  const start = axis >= 0 ? axis : rank + axis + 1;
  if (start < 0 || start > rank) {
    return context.refuse(
      `axis ${axis} does not exist in a blob of ${rank} axes`,
      param.spanOf('axis'),
    );
  }
  if (count < -1 || start + count > rank) {
    return context.refuse(
      `num_axes ${count} from axis ${start} on goes past the ${rank} axes of its bottom`,
      param.spanOf('num_axes'),
    );
  }
  return [start, count === -1 ? rank : start + count];
}

/** Reshape-C1 and C2 applied to the dims of the file. */
function newAxes(
  context: SetUpContext,
  param: Message<'ReshapeParameter'>,
  shape: Shape,
  [start, end]: readonly [number, number],
): Shape | undefined {
  const dims = param.get('shape').get('dim');
  const negative = dims.findIndex((dim) => dim < -1);
  if (negative !== -1) {
    return context.refuse(
      `dim ${dims[negative]} is no size`,
      param.get('shape').spanOf('dim', negative),
    );
  }
  const copied = dims.findIndex(
    (dim, index) => dim === 0 && start + index >= shape.length,
  );
  const span = param.get('shape').spanOf('dim', Math.max(copied, 0));
  if (copied !== -1) {
    return context.refuse(
      `dim 0 at ${copied} copies an axis that is not there`,
      span,
    );
  }
  const known = dims.map((dim, index) =>
    dim === 0 ? (shape[start + index] ?? 1) : dim,
  );
  const inferred = known.indexOf(-1);
  if (inferred === -1) return known;
  if (known.includes(-1, inferred + 1)) {
    return context.refuse('only one dim can be -1', param.get('shape').span);
  }
  const others = elementCount(known.filter((dim) => dim !== -1));
  const available = countBetween(shape, start, end);
  if (others === 0 || available % others !== 0) {
    return context.refuse(
      `${available} values cannot be shared among ${known.join('x')}`,
      param.get('shape').span,
    );
  }
  return known.with(inferred, available / others);
}

/**
 * Reshape (reshape_layer.cpp): other axes for the same values. Not in place.
 *
 * - C1: dim 0 copies the bottom's size, one dim -1 takes what is left.
 * - C2: `axis` and `num_axes` choose the axes that are replaced; a negative axis counts from
 *   one past the last, so that -1 appends.
 */
export const reshape = defineLayer({
  type: 'Reshape',
  bottoms: exactly(1),
  tops: exactly(1),
  setUp(context) {
    const { message } = context;
    const param = message.get('reshape_param');
    const shape = bottomShape(context);
    if (message.get('top')[0] === message.get('bottom')[0]) {
      return context.refuse('cannot work in place', message.spanOf('top', 0));
    }
    const replaced = replacedAxes(context, param, shape.length);
    if (replaced === undefined) return undefined;
    const axes = newAxes(context, param, shape, replaced);
    if (axes === undefined) return undefined;
    const top = [
      ...shape.slice(0, replaced[0]),
      ...axes,
      ...shape.slice(replaced[1]),
    ];
    if (elementCount(top) !== elementCount(shape)) {
      return context.refuse(
        `${shape.join('x')} has ${elementCount(shape)} values, ${top.join('x')} has ${elementCount(top)}`,
        param.get('shape').span,
      );
    }
    return {
      tops: [top],
      lower: ({ builder, bottoms }) => [
        reshaped(builder, bottom({ bottoms }), top),
      ],
    };
  },
});
