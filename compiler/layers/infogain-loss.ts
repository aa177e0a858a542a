import type { Span } from '../../grammar/source.js';

import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import {
  elementCount,
  float32,
  type Shape,
  shapeText,
  sizeAt,
} from '../ir/types.js';
import { constant } from '../ops/constant.js';
import { logSoftmax } from '../ops/cross-entropy.js';
import { differentiateAs } from '../ops/differentiate-as.js';
import { maximum, negate, none, stopGradient } from '../ops/elementwise.js';
import { gather } from '../ops/index-ops.js';
import { reduceSum } from '../ops/reductions.js';
import { softmax } from '../ops/softmax.js';
import { canonicalAxis, countBetween } from './axis.js';
import {
  between,
  defineLayer,
  type LowerContext,
  type SetUp,
  type SetUpContext,
} from './define-layer.js';
import {
  checkFirstAxis,
  checkLabelCount,
  checkLabelPerItem,
  labelsOf,
  scoreRows,
} from './labels.js';
import {
  ignoredLabel,
  normalizationOf,
  normalizedLoss,
  sumOf,
} from './loss-normalization.js';
import { bottom, bottomShape, multiply, reshaped, scalar } from './operands.js';
import { logOfProbability, smallestProbability } from './probabilities.js';
import { dividedBy } from './quantity.js';

/**
 * InfogainLoss (infogain_loss_layer.cpp): minus the sum over the classes j of
 * H[label][j] * log(p[j]), averaged. Bottoms: scores, labels, and the matrix H; neither labels
 * nor H get a gradient. Tops: the loss, a blob without axes; in BVLC's also the probabilities.
 *
 * - C1: the authors' Caffe takes probabilities, N and the classes on all other axes, and
 *   divides by N. It has no `axis`, and takes no notice of `loss_param`.
 * - C2: BVLC's has a softmax along `axis` (1) inside, and `loss_param` as SoftmaxWithLoss.
 * - C3: a probability below 1e-20 counts as 1e-20, and has a gradient all the same.
 * - C4: without a third bottom H is read from `source`, a BlobProto of as many numbers (a
 *   `.binaryproto`), when the net is compiled.
 */
export const infogainLoss = defineLayer({
  type: 'InfogainLoss',
  bottoms: between(2, 3),
  tops: between(1, 2),
  isLoss: true,
  setUp(context) {
    const { message } = context;
    const matrix = matrixOf(context);
    if (matrix === undefined) return undefined;
    if (!checkFirstAxis(context)) return undefined;
    return message.dialect === 'ran'
      ? ofProbabilities(context, matrix)
      : ofScores(context, matrix);
  },
});

/** H: where it comes from, as a diagnostic says it, and as what. */
interface Matrix {
  readonly origin: string;
  readonly span: Span;
  readonly shape: Shape;
  value(lowering: LowerContext): Value;
}

/** InfogainLoss-C4. */
function matrixOf(context: SetUpContext): Matrix | undefined {
  const { message, readBlob } = context;
  if (context.bottoms.length > 2) {
    return {
      origin: 'bottom 2',
      span: message.spanOf('bottom', 2),
      shape: bottomShape(context, 2),
      value: (lowering) => bottom(lowering, 2),
    };
  }
  const param = message.get('infogain_loss_param');
  if (!param.has('source')) {
    return context.refuse('needs the matrix H: a third bottom, or a source');
  }
  const span = param.spanOf('source');
  const path = param.get('source');
  if (readBlob === undefined) {
    return context.refuse(
      'no files are read here; give its matrix as a third bottom',
      span,
    );
  }
  const file = readBlob(path);
  if ('problem' in file) {
    return context.refuse(`the matrix '${path}' ${file.problem}`, span);
  }
  const { shape, data } = file;
  return {
    origin: `'${path}'`,
    span,
    shape,
    value: ({ builder }) =>
      builder.apply(constant, [], { tensor: { type: float32(shape), data } }),
  };
}

function checkMatrix(
  context: SetUpContext,
  { origin, span, shape }: Matrix,
  classes: number,
): boolean {
  if (elementCount(shape) === classes * classes) return true;
  context.refuse(
    `the matrix (${origin}) must be ${classes}x${classes}, not ${shapeText(shape)}`,
    span,
  );
  return false;
}

interface Gains {
  readonly builder: Builder;
  readonly matrix: Value;
  readonly indices: Value;
  /** A row for each label. */
  readonly logarithms: Value;
}

/** H[label][j] * log(p[j]) */
function gained({ builder, matrix, indices, logarithms }: Gains): Value {
  const classes = sizeAt(logarithms.type.shape, 1);
  const square = reshaped(builder, matrix, [classes, classes]);
  const fixed = builder.apply(stopGradient, [square], none);
  const rows = builder.apply(gather, [fixed, indices], none);
  return multiply(builder, rows, logarithms);
}

/** As the authors' Caffe has it. */
function ofProbabilities(
  context: SetUpContext,
  matrix: Matrix,
): SetUp | undefined {
  const shape = bottomShape(context);
  if (context.topCount > 1) {
    return context.refuse(
      'has one top in this dialect',
      context.message.spanOf('top', 1),
    );
  }
  const param = context.message.get('infogain_loss_param');
  if (param.has('axis')) {
    return context.refuse(
      "axis is an option of BVLC's InfogainLoss; the authors' takes probabilities, N and the classes",
      param.spanOf('axis'),
    );
  }
  const items = sizeAt(shape, 0);
  const classes = countBetween(shape, 1);
  if (!checkLabelPerItem(context)) return undefined;
  if (!checkMatrix(context, matrix, classes)) return undefined;
  return {
    tops: [[]],
    lower: (lowering) => {
      const { builder, bottoms } = lowering;
      const x = reshaped(builder, bottom({ bottoms }), [items, classes]);
      const gains = gained({
        builder,
        matrix: matrix.value(lowering),
        indices: labelsOf(builder, bottom({ bottoms }, 1)).indices,
        logarithms: logOfProbability(builder, x),
      });
      return [dividedBy(builder, sumOf(builder, gains), -items)];
    },
  };
}

/** The logarithms of the probabilities that a softmax gives to rows of scores. */
function logarithmsOf(builder: Builder, rows: Value): Value {
  const exact = builder.apply(logSoftmax, [rows], none);
  const smallest = scalar(builder, Math.log(smallestProbability));
  const held = builder.apply(maximum, [exact, smallest], none);
  return builder.apply(differentiateAs, [held, exact], none);
}

/** As BVLC's Caffe has it. */
function ofScores(context: SetUpContext, matrix: Matrix): SetUp | undefined {
  const { message } = context;
  const param = message.get('infogain_loss_param');
  const lossParam = message.get('loss_param');
  const shape: Shape = bottomShape(context);
  const axis = canonicalAxis(
    context,
    param.get('axis'),
    shape.length,
    param.spanOf('axis'),
  );
  const normalization = normalizationOf(context, lossParam, 'VALID');
  if (axis === undefined || normalization === undefined) return undefined;
  if (!checkLabelCount(context, axis)) return undefined;
  if (!checkMatrix(context, matrix, sizeAt(shape, axis))) return undefined;
  const lower = (lowering: LowerContext): readonly Value[] => {
    const { builder, bottoms } = lowering;
    const x = bottom({ bottoms });
    const { indices, counts } = labelsOf(
      builder,
      bottom({ bottoms }, 1),
      ignoredLabel(lossParam),
    );
    const gains = gained({
      builder,
      matrix: matrix.value(lowering),
      indices,
      logarithms: logarithmsOf(builder, scoreRows(builder, x, axis)),
    });
    const sums = builder.apply(reduceSum, [gains], { axes: [1] });
    const each = builder.apply(negate, [sums], none);
    const loss = normalizedLoss(builder, {
      each: reshaped(builder, each, [sizeAt(each.type.shape, 0)]),
      counts,
      normalization,
      batch: countBetween(shape, 0, axis),
    });
    if (context.topCount === 1) return [loss];
    const scores = builder.apply(stopGradient, [x], none);
    return [loss, builder.apply(softmax, [scores], { axis })];
  };
  return { tops: [[], shape].slice(0, context.topCount), lower };
}
