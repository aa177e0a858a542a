import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { sizeAt } from '../ir/types.js';
import { concat, slice } from '../ops/axis-ops.js';
import { constant } from '../ops/constant.js';
import { maximum, minimum, none } from '../ops/elementwise.js';
import { gather, toInteger } from '../ops/index-ops.js';
import { transpose } from '../ops/shape-ops.js';
import { add, multiply, reshaped, scalar, subtract } from './operands.js';
import { type Bins, lengthsOf } from './roi-bins.js';

/** How often a window may double within that size: 0, 1, ... */
const levelsIn = (size: number): number => Math.floor(Math.log2(size)) + 1;

/** Largest of every two neighbours that lie 2^level apart on an axis. */
function doubled(
  builder: Builder,
  map: Value,
  axis: number,
  level: number,
): Value {
  const { shape } = map.type;
  const apart = 2 ** level;
  const size = shape.with(axis, sizeAt(shape, axis) - apart);
  const part = (from: number): Value =>
    builder.apply(slice, [map], {
      begin: shape.map((_, at) => (at === axis ? from : 0)),
      size,
    });
  return builder.apply(maximum, [part(0), part(apart)], none);
}

/** The map, and the largest of windows of 2, 4, 8, ... cells of an axis. */
function doublings(builder: Builder, map: Value, axis: number): Value[] {
  const maps = [map];
  const levels = levelsIn(sizeAt(map.type.shape, axis));
  for (let level = 0; level + 1 < levels; level++) {
    maps.push(doubled(builder, maps.at(-1) ?? map, axis, level));
  }
  return maps;
}

const table = (builder: Builder, numbers: readonly number[]): Value =>
  builder.apply(constant, [], {
    tensor: {
      type: { dtype: 'int32', shape: [numbers.length] },
      data: Int32Array.from(numbers),
    },
  });

/** Where on an axis the two windows lie that cover each bin, and how large they are. */
interface Cover {
  readonly level: Value;
  readonly first: Value;
  readonly last: Value;
}

function coverOf(builder: Builder, bins: Bins, size: number): Cover {
  const whole = (value: Value): Value =>
    builder.apply(toInteger, [value], none);
  const lengths = Array.from({ length: size + 1 }, (_, length) => length);
  const levelOf = (length: number): number =>
    Math.floor(Math.log2(Math.max(length, 1)));
  const found = whole(lengthsOf(builder, bins));
  const of = (numbers: readonly number[]): Value =>
    builder.apply(gather, [table(builder, numbers), found], none);
  const windows = of(lengths.map((length) => 2 ** levelOf(length)));
  const beginning = of(lengths.map((length) => size - 2 ** levelOf(length)));
  const zero = table(builder, [0]);
  return {
    level: of(lengths.map(levelOf)),
    // An empty bin may lie at the map's end.
    first: builder.apply(minimum, [whole(bins.starts), beginning], none),
    last: builder.apply(
      maximum,
      [subtract(builder, whole(bins.ends), windows), zero],
      none,
    ),
  };
}

/**
 * The largest number of each channel in boxes of a map, whatever their size: the windows of 2^i
 * x 2^j cells are made once, and any box is covered by four of them.
 *
 * `x`: N, C, H, W. `images`: the image of each region. `rows`, `columns`: its bins on the two
 * axes. The result: regions, C, bins, bins; 0 for an empty box. Of equal numbers one gets the
 * gradient.
 */
export function largestInBoxes(
  builder: Builder,
  x: Value,
  images: Value,
  { rows, columns }: { readonly rows: Bins; readonly columns: Bins },
): Value {
  const [, channels = 1, height = 1, width = 1] = x.type.shape;
  const [regions = 1, high = 1] = rows.starts.type.shape;
  const wide = sizeAt(columns.starts.type.shape, 1);
  const plain = builder.apply(transpose, [x], { permutation: [0, 2, 3, 1] });
  const maps = doublings(builder, plain, 1).flatMap((map) =>
    doublings(builder, map, 2),
  );
  const sizes = maps.map(({ type }) => type.shape.slice(0, 3));
  const counts = sizes.map(([n = 1, h = 1, w = 1]) => n * h * w);
  const beginnings = counts.map((_, at) =>
    counts.slice(0, at).reduce((sum, count) => sum + count, 0),
  );
  const flat = maps.map((map, at) =>
    reshaped(builder, map, [counts[at] ?? 1, channels]),
  );
  const [only] = flat;
  const all =
    flat.length === 1 && only !== undefined
      ? only
      : builder.apply(concat, flat, { axis: 0 });
  const downwards = coverOf(builder, rows, height);
  const across = coverOf(builder, columns, width);
  const tall = (value: Value): Value =>
    reshaped(builder, value, [regions, high, 1]);
  const broad = (value: Value): Value =>
    reshaped(builder, value, [regions, 1, wide]);
  const levels = levelsIn(width);
  const map = add(
    builder,
    multiply(builder, tall(downwards.level), table(builder, [levels])),
    broad(across.level),
  );
  const of = (numbers: readonly number[]): Value =>
    builder.apply(gather, [table(builder, numbers), map], none);
  const item = reshaped(builder, images, [regions, 1, 1]);
  const mapRows = of(sizes.map(([, h = 1]) => h));
  const mapColumns = of(sizes.map(([, , w = 1]) => w));
  const start = of(beginnings);
  const at = (row: Value, column: Value): Value => {
    const line = add(builder, multiply(builder, item, mapRows), tall(row));
    const place = add(
      builder,
      multiply(builder, line, mapColumns),
      broad(column),
    );
    return builder.apply(gather, [all, add(builder, start, place)], none);
  };
  const largest = [
    at(downwards.first, across.first),
    at(downwards.first, across.last),
    at(downwards.last, across.first),
    at(downwards.last, across.last),
  ].reduce((one, other) => builder.apply(maximum, [one, other], none));
  const filled = (bins: Bins): Value =>
    builder.apply(
      minimum,
      [lengthsOf(builder, bins), scalar(builder, 1)],
      none,
    );
  const isFilled = multiply(
    builder,
    tall(filled(rows)),
    broad(filled(columns)),
  );
  const kept = multiply(
    builder,
    largest,
    reshaped(builder, isFilled, [regions, high, wide, 1]),
  );
  return builder.apply(transpose, [kept], { permutation: [0, 3, 1, 2] });
}
