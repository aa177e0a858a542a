import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { elementCount, float32, shapeText, sizeAt } from '../ir/types.js';
import { slice } from '../ops/axis-ops.js';
import { constant } from '../ops/constant.js';
import { maximum, minimum, none, stopGradient } from '../ops/elementwise.js';
import { gather, toInteger } from '../ops/index-ops.js';
import type { SetUpContext } from './define-layer.js';
import {
  add,
  bottomShape,
  divide,
  multiply,
  reshaped,
  scalar,
  subtract,
} from './operands.js';
import { ceilingOf, floorOf } from './rounding.js';

/** Refuses bottoms that are not an image and regions of five numbers each. */
export function checkRegions(context: SetUpContext): boolean {
  const { message } = context;
  const image = bottomShape(context);
  const regions = bottomShape(context, 1);
  const isImage = image.length === 4;
  if (isImage && elementCount(regions.slice(1)) === 5) return true;
  context.refuse(
    isImage
      ? `bottom 1 must have five numbers for each region, not ${shapeText(regions)}`
      : `its bottom must have 4 axes, not ${image.length}`,
    message.spanOf('bottom', isImage ? 1 : 0),
  );
  return false;
}

/** The numbers 0, 1, 2, ... as an axis of their own. */
export const countedOver = (
  builder: Builder,
  count: number,
  rank: number,
  axis: number,
): Value =>
  builder.apply(constant, [], {
    tensor: {
      type: float32(
        Array.from({ length: rank }, (_, at) => (at === axis ? count : 1)),
      ),
      data: Float32Array.from({ length: count }, (_, at) => at),
    },
  });

export interface Regions {
  /** int32, one for each region: its image. One that does not exist fails. */
  readonly images: Value;
  /** Number `at` of each region, regions x 1; the first four are x1, y1, x2, y2. */
  corner(at: 0 | 1 | 2 | 3): Value;
}

/** `rois`: regions x 5, an image and two opposite corners. */
export function regionsOf(
  builder: Builder,
  rois: Value,
  batch: number,
): Regions {
  const count = sizeAt(rois.type.shape, 0);
  const rows = builder.apply(
    stopGradient,
    [reshaped(builder, rois, [count, 5])],
    none,
  );
  const column = (at: number): Value =>
    builder.apply(slice, [rows], { begin: [0, at], size: [count, 1] });
  const known = builder.apply(constant, [], {
    tensor: {
      type: { dtype: 'int32', shape: [batch] },
      data: Int32Array.from({ length: batch }, (_, at) => at),
    },
  });
  const named = builder.apply(
    toInteger,
    [reshaped(builder, column(0), [count])],
    none,
  );
  return {
    images: builder.apply(gather, [known, named], none),
    corner: (at) => column(at + 1),
  };
}

/** Where the bins of each region begin and end on one axis of the map: regions x bins. */
export interface Bins {
  readonly starts: Value;
  readonly ends: Value;
}

export interface BinRule {
  /** How long a region is: regions x 1, at least 1/10. */
  readonly extent: Value;
  readonly start: Value;
  readonly bins: number;
  /** Of the map. */
  readonly size: number;
  /** Whether the start is added before rounding. */
  readonly within: boolean;
}

/**
 * From the floor of `bin * extent / bins` to the ceiling of that of the next bin, cut to the
 * map. The divisor is computed: TensorFlow would make a product of a division by a constant,
 * which rounds otherwise.
 */
export function binsOf(
  builder: Builder,
  { extent, start, bins, size, within }: BinRule,
): Bins {
  const one = builder.apply(
    minimum,
    [multiply(builder, extent, scalar(builder, 16)), scalar(builder, 1)],
    none,
  );
  const step = divide(
    builder,
    extent,
    multiply(builder, one, scalar(builder, bins)),
  );
  const numbers = countedOver(builder, bins, 2, 1);
  const next = add(builder, numbers, scalar(builder, 1));
  const edge = (
    at: Value,
    rounded: (builder: Builder, x: Value) => Value,
  ): Value => {
    const place = multiply(builder, at, step);
    const moved = within
      ? rounded(builder, add(builder, place, start))
      : add(builder, rounded(builder, place), start);
    const above = builder.apply(maximum, [moved, scalar(builder, 0)], none);
    return builder.apply(minimum, [above, scalar(builder, size)], none);
  };
  return { starts: edge(numbers, floorOf), ends: edge(next, ceilingOf) };
}

/** How many cells of the map each bin covers; 0 where it is empty. */
export const lengthsOf = (builder: Builder, { starts, ends }: Bins): Value =>
  builder.apply(
    maximum,
    [subtract(builder, ends, starts), scalar(builder, 0)],
    none,
  );
