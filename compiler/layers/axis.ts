import type { Span } from '../../grammar/source.js';

import { elementCount, type Shape } from '../ir/types.js';
import type { SetUpContext } from './define-layer.js';

/**
 * The axis that a field names: negative ones count from the end (blob.hpp,
 * CanonicalAxisIndex). Reports and returns undefined where there is no such axis.
 */
export function canonicalAxis(
  context: SetUpContext,
  axis: number,
  rank: number,
  span: Span,
): number | undefined {
  if (axis < -rank || axis >= rank) {
    return context.refuse(
      `axis ${axis} does not exist in a blob of ${rank} axes`,
      span,
    );
  }
  return axis < 0 ? axis + rank : axis;
}

/** Product of the sizes of axes [from, to). */
export const countBetween = (
  shape: Shape,
  from: number,
  to = shape.length,
): number => elementCount(shape.slice(from, to));
