import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import {
  dynamic,
  elementCount,
  float32,
  type Shape,
  sizeAt,
} from '../ir/types.js';
import { concat } from '../ops/axis-ops.js';
import { constant } from '../ops/constant.js';
import { nonZero } from '../ops/dynamic-ops.js';
import {
  less,
  maximum,
  minimum,
  none,
  stopGradient,
} from '../ops/elementwise.js';
import { fromInteger, gather, sumRows, topK } from '../ops/index-ops.js';
import { nonMaxSuppression } from '../ops/non-max-suppression.js';
import { broadcast } from '../ops/reductions.js';
import { reshape } from '../ops/shape-ops.js';
import { split } from '../ops/split.js';
import { joined, pairOf } from './box-code.js';
import { sumOf } from './loss-normalization.js';
import { add, multiply, reshaped, scalar, subtract } from './operands.js';

/** Boxes and their scores, and what decides which are told of. */
export interface Candidates {
  /** N, classes, boxes. */
  readonly scores: Value;
  /** N, classes or 1, boxes, 4: xmin, ymin, xmax, ymax. */
  readonly boxes: Value;
  /** What the classes are called. */
  readonly labels: readonly number[];
  readonly overlap: number;
  readonly leastScore: number;
  /** How many of the best boxes of a class are looked at. */
  readonly best: number;
  /** How many detections of an image are kept at most; undefined: all. */
  readonly most: number | undefined;
}

const integers = (
  builder: Builder,
  shape: Shape,
  valueAt: (at: number) => number,
): Value =>
  builder.apply(constant, [], {
    tensor: {
      type: { dtype: 'int32', shape },
      data: Int32Array.from({ length: elementCount(shape) }, (_, at) =>
        valueAt(at),
      ),
    },
  });

const floats = (
  builder: Builder,
  shape: Shape,
  data: readonly number[],
): Value =>
  builder.apply(constant, [], {
    tensor: { type: float32(shape), data: Float32Array.from(data) },
  });

const stacked = (
  builder: Builder,
  values: readonly Value[],
  axis: number,
): Value => {
  const [only] = values;
  return values.length === 1 && only !== undefined
    ? only
    : builder.apply(concat, values, { axis });
};

/** The best boxes of each class of each image: scores (lists, k) and boxes (lists * k, 4). */
function bestOfClasses(
  builder: Builder,
  { scores, boxes, best }: Candidates,
): { readonly scores: Value; readonly boxes: Value } {
  const [batch = 1, classes = 1, count = 1] = scores.type.shape;
  const own = sizeAt(boxes.type.shape, 1);
  const [values, places] = builder.applyAll(topK, [scores], { k: best });
  if (values === undefined || places === undefined) return { scores, boxes };
  const starts = integers(builder, [batch, classes, 1], (at) => {
    const [image, label] = [Math.floor(at / classes), at % classes];
    return (image * own + (own === 1 ? 0 : label)) * count;
  });
  const rows = reshaped(builder, add(builder, places, starts), [
    batch * classes * best,
  ]);
  const all = reshaped(builder, boxes, [batch * own * count, 4]);
  return {
    scores: reshaped(builder, values, [batch * classes, best]),
    boxes: builder.apply(gather, [all, rows], none),
  };
}

/**
 * Boxes whose far corner lies before the near one have no area, to TensorFlow, which would
 * swap the corners, too.
 */
function withoutNegativeSides(builder: Builder, boxes: Value): Value {
  const near = pairOf(builder, boxes, 'first');
  const far = pairOf(builder, boxes, 'second');
  return joined(builder, [near, builder.apply(maximum, [far, near], none)]);
}

/** Which of each list overlap with no better one: places in all lists, and 1 where one is. */
function suppressed(
  builder: Builder,
  scores: Value,
  boxes: Value,
  { overlap, leastScore }: Candidates,
): { readonly places: Value; readonly counts: Value } {
  const [lists = 1, best = 1] = scores.type.shape;
  const cut = (value: Value): readonly Value[] =>
    lists === 1
      ? [value]
      : builder.applyAll(split, [value], { axis: 0, count: lists });
  const sided = cut(withoutNegativeSides(builder, boxes));
  const found = cut(scores).map((list, at) =>
    builder.applyAll(
      nonMaxSuppression,
      [sided[at] ?? boxes, reshaped(builder, list, [best])],
      { overlap, leastScore },
    ),
  );
  const rowOf = (output: 0 | 1, width: number): Value =>
    stacked(
      builder,
      found.map((outputs) =>
        reshaped(builder, outputs[output] ?? scores, [1, width]),
      ),
      0,
    );
  const starts = integers(builder, [lists, 1], (at) => at * best);
  const order = floats(
    builder,
    [1, best],
    Array.from({ length: best }, (_, at) => at),
  );
  const number = builder.apply(fromInteger, [rowOf(1, 1)], none);
  return {
    places: reshaped(builder, add(builder, rowOf(0, best), starts), [
      lists * best,
    ]),
    counts: builder.apply(less, [order, number], none),
  };
}

/** 1 for the best of each image among those that count. `scores`, `counts`: N, rows. */
function keptOf(
  builder: Builder,
  scores: Value,
  counts: Value,
  most: number | undefined,
): Value {
  const [batch = 1, rows = 1] = scores.type.shape;
  if (most === undefined || most >= rows) return counts;
  // A bound, not a summand: next to so large a number a score would be lost.
  const bound = multiply(
    builder,
    subtract(builder, counts, scalar(builder, 0.5)),
    scalar(builder, 2 ** 100),
  );
  const counted = builder.apply(minimum, [scores, bound], none);
  const [, places] = builder.applyAll(topK, [counted], { k: most });
  if (places === undefined) return counts;
  const starts = integers(builder, [batch, 1], (at) => at * rows);
  const marks = builder.apply(
    sumRows,
    [
      floats(builder, [batch * most], new Array<number>(batch * most).fill(1)),
      reshaped(builder, add(builder, places, starts), [batch * most]),
    ],
    { rows: batch * rows },
  );
  return multiply(builder, reshaped(builder, marks, [batch, rows]), counts);
}

/**
 * Rows of image, label, score, xmin, ymin, xmax, ymax, as many as there are detections: by
 * image, then by label, then best first. Where there is none at all: a row for each image, of
 * its number and -1.
 */
export function detections(builder: Builder, candidates: Candidates): Value {
  const { labels, most } = candidates;
  const [batch = 1, classes = 1] = candidates.scores.type.shape;
  const { scores, boxes } = bestOfClasses(builder, candidates);
  const best = sizeAt(scores.type.shape, 1);
  const rows = batch * classes * best;
  const { places, counts } = suppressed(builder, scores, boxes, candidates);
  const chosen = (value: Value): Value =>
    builder.apply(gather, [value, places], none);
  const scoresOfRows = chosen(reshaped(builder, scores, [rows]));
  const perImage = [batch, classes * best];
  const kept = keptOf(
    builder,
    reshaped(builder, scoresOfRows, perImage),
    reshaped(builder, counts, perImage),
    most,
  );
  const names = floats(
    builder,
    [batch, classes, 1, 2],
    Array.from({ length: batch }, (_, image) =>
      labels.flatMap((label) => [image, label]),
    ).flat(),
  );
  const table = builder.apply(
    concat,
    [
      reshaped(
        builder,
        builder.apply(broadcast, [names], {
          shape: [batch, classes, best, 2],
        }),
        [rows, 2],
      ),
      reshaped(builder, scoresOfRows, [rows, 1]),
      chosen(boxes),
    ],
    { axis: 1 },
  );
  const nothing = floats(
    builder,
    [batch, 7],
    Array.from({ length: batch }, (_, image) => [
      image,
      ...new Array<number>(6).fill(-1),
    ]).flat(),
  );
  const one = scalar(builder, 1);
  const any = builder.apply(minimum, [sumOf(builder, kept), one], none);
  const without = builder.apply(
    broadcast,
    [reshaped(builder, subtract(builder, one, any), [1])],
    { shape: [batch] },
  );
  const told = stacked(builder, [reshaped(builder, kept, [rows]), without], 0);
  const found = builder.apply(
    gather,
    [
      stacked(builder, [table, nothing], 0),
      builder.apply(nonZero, [told], none),
    ],
    none,
  );
  const shaped = builder.apply(reshape, [found], {
    shape: [1, 1, dynamic, 7],
  });
  return builder.apply(stopGradient, [shaped], none);
}
