import type { Span } from '../../grammar/source.js';

import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { sameShape, type Shape } from '../ir/types.js';
import { canonicalAxis } from './axis.js';
import type { SetUpContext } from './define-layer.js';
import { bottomShape, reshaped } from './operands.js';

/** Where Scale and Bias lay their second operand over the first: its shape and first axis. */
export interface Overlay {
  readonly axis: number;
  readonly shape: Shape;
}

interface OverlayFields {
  readonly axis: number;
  readonly numAxes: number;
  readonly axisSpan: Span;
  readonly numAxesSpan: Span;
}

/**
 * The operand is bottom 1 where there is one, else a blob of the shape of bottom 0 from
 * `axis` on over `num_axes` axes (-1: all). scale_layer.cpp and bias_layer.cpp, LayerSetUp and
 * Reshape.
 */
export function overlay(
  context: SetUpContext,
  fields: OverlayFields,
): Overlay | undefined {
  const { bottoms } = context;
  const shape = bottomShape(context);
  const second = bottoms[1];
  // An operand without axes is one number, wherever it is laid.
  if (second?.length === 0) return { axis: 0, shape: [] };
  const axis = canonicalAxis(
    context,
    fields.axis,
    shape.length,
    fields.axisSpan,
  );
  if (axis === undefined) return undefined;
  if (second !== undefined) {
    const under = shape.slice(axis, axis + second.length);
    if (sameShape(under, second)) return { axis, shape: second };
    return context.refuse(
      `bottom 1 (${second.join('x')}) does not fit bottom 0 (${shape.join('x')}) from axis ${axis} on`,
      context.message.spanOf('bottom', 1),
    );
  }
  const count = fields.numAxes;
  if (count < -1 || axis + count > shape.length) {
    return context.refuse(
      `num_axes ${count} from axis ${axis} on goes past the ${shape.length} axes of its bottom`,
      fields.numAxesSpan,
    );
  }
  return {
    axis,
    shape: count === -1 ? shape.slice(axis) : shape.slice(axis, axis + count),
  };
}

/** The operand with axes of size 1 around it, so that it broadcasts over `rank` axes. */
export const laidOver = (
  builder: Builder,
  value: Value,
  { axis, shape }: Overlay,
  rank: number,
): Value =>
  reshaped(
    builder,
    value,
    shape.length === 0
      ? []
      : [
          ...new Array<number>(axis).fill(1),
          ...shape,
          ...new Array<number>(rank - axis - shape.length).fill(1),
        ],
  );
