import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { reduceSum } from '../ops/reductions.js';
import type { Message } from '../schema/message.js';
import type { SetUpContext } from './define-layer.js';
import { multiply, reshaped } from './operands.js';
import { atLeastOne, countOf, dividedBy, type Quantity } from './quantity.js';

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
  readonly batch: Quantity;
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
export function normalizedLoss(builder: Builder, losses: Losses): Value {
  const { each, counts } = losses;
  const counted = counts === undefined ? each : multiply(builder, each, counts);
  const total = sumOf(builder, counted);
  const divisor = atLeastOne(builder, divisorOf(builder, losses));
  return dividedBy(builder, total, divisor);
}

function divisorOf(
  builder: Builder,
  { each, counts, normalization, batch }: Losses,
): Quantity {
  switch (normalization) {
    case 'FULL':
      return countOf(builder, each);
    case 'VALID':
      return counts === undefined
        ? countOf(builder, each)
        : sumOf(builder, counts);
    case 'BATCH_SIZE':
      return batch;
    case 'NONE':
      return 1;
  }
}
