import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { elementCount } from '../ir/types.js';
import { maximum, none } from '../ops/elementwise.js';
import { reduceSum } from '../ops/reductions.js';
import { scaleBy } from '../ops/scale-by.js';
import type { Message } from '../schema/message.js';
import type { SetUpContext } from './define-layer.js';
import { divide, multiply, reshaped, scalar } from './operands.js';

export type Normalization = 'FULL' | 'VALID' | 'BATCH_SIZE' | 'NONE';

const modes: readonly string[] = ['FULL', 'VALID', 'BATCH_SIZE', 'NONE'];

const isMode = (word: string): word is Normalization => modes.includes(word);

/**
 * What a loss is divided by (softmax_loss_layer.cpp, LayerSetUp): `normalization`, else the
 * old `normalize` (true: VALID, false: BATCH_SIZE), else the layer's own default. Reports and
 * returns undefined for a mode that does not exist.
 */
export function normalizationOf(
  context: SetUpContext,
  param: Message<'LossParameter'>,
  otherwise: Normalization,
): Normalization | undefined {
  if (!param.has('normalization')) {
    if (!param.has('normalize')) return otherwise;
    return param.get('normalize') ? 'VALID' : 'BATCH_SIZE';
  }
  const mode: string = param.get('normalization');
  return isMode(mode)
    ? mode
    : context.refuse(
        `the normalization ${mode} is not supported`,
        param.spanOf('normalization'),
      );
}

/** The label that counts for nothing, where there is one. */
export const ignoredLabel = (
  param: Message<'LossParameter'>,
): number | undefined =>
  param.has('ignore_label') ? param.get('ignore_label') : undefined;

export interface Losses {
  /** The loss of each place. */
  readonly each: Value;
  /** 1 where the place counts, else 0; undefined where all do. */
  readonly counts: Value | undefined;
  readonly normalization: Normalization;
  /** Items in the batch. */
  readonly batch: number;
}

/** The sum of all elements, as a blob without axes. */
export function sumOf(builder: Builder, x: Value): Value {
  const axes = x.type.shape.map((_, axis) => axis);
  return axes.length === 0
    ? x
    : reshaped(builder, builder.apply(reduceSum, [x], { axes }), []);
}

/**
 * The sum of the losses of the places that count, divided by what the mode says, by 1 at
 * least (get_normalizer).
 */
export function normalizedLoss(
  builder: Builder,
  { each, counts, normalization, batch }: Losses,
): Value {
  const counted = counts === undefined ? each : multiply(builder, each, counts);
  const total = sumOf(builder, counted);
  if (normalization === 'VALID' && counts !== undefined) {
    const valid = builder.apply(
      maximum,
      [sumOf(builder, counts), scalar(builder, 1)],
      none,
    );
    return divide(builder, total, valid);
  }
  const places = elementCount(each.type.shape);
  const divisor = {
    FULL: places,
    VALID: places,
    BATCH_SIZE: batch,
    NONE: 1,
  }[normalization];
  return dividedBy(builder, total, Math.max(divisor, 1));
}

/** A loss divided by a number that is known when compiling. */
export const dividedBy = (
  builder: Builder,
  total: Value,
  divisor: number,
): Value =>
  divisor === 1
    ? total
    : builder.apply(scaleBy, [total], { factor: 1 / divisor });
