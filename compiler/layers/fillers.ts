import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { elementCount, float32, type Shape } from '../ir/types.js';
import { constant } from '../ops/constant.js';
import { less } from '../ops/elementwise.js';
import { none } from '../ops/elementwise.js';
import { randomNormal, randomUniform } from '../ops/random-ops.js';
import { broadcast, reduceSum } from '../ops/reductions.js';
import type { Message } from '../schema/message.js';
import type { ParameterSpec } from './define-layer.js';
import { add, divide, multiply, reshaped, scalar } from './operands.js';

type Filler = Message<'FillerParameter'>;

/** Where the random numbers of fillers come from; each call draws others. */
export interface Draws {
  /** Spread evenly over [0, 1). */
  uniform(shape: Shape): Value;
  /** Of mean 0 and deviation 1. */
  normal(shape: Shape): Value;
}

/** Numbers that depend on a seed alone. */
export function seededDraws(builder: Builder, seed: number): Draws {
  let drawn = 0;
  const draw =
    (op: typeof randomUniform) =>
    (shape: Shape): Value =>
      builder.apply(op, [], { shape, seed: [seed, drawn++] });
  return { uniform: draw(randomUniform), normal: draw(randomNormal) };
}

interface Filling {
  readonly builder: Builder;
  readonly shape: Shape;
  readonly filler: Filler;
  readonly draws: Draws;
}

const uniform = (
  { builder, shape, draws }: Filling,
  low: number,
  high: number,
): Value => {
  const unit = draws.uniform(shape);
  const spread = multiply(builder, unit, scalar(builder, high - low));
  return add(builder, spread, scalar(builder, low));
};

const gaussian = (
  { builder, shape, draws }: Filling,
  mean: number,
  deviation: number,
): Value => {
  const normal = draws.normal(shape);
  const spread = multiply(builder, normal, scalar(builder, deviation));
  return add(builder, spread, scalar(builder, mean));
};

/** Of what xavier and msra divide by: filler.hpp counts it so, whatever the layer is. */
function fan({ shape, filler }: Filling): number {
  const count = elementCount(shape);
  const fanIn = count / (shape[0] ?? 1);
  const fanOut = count / (shape[1] ?? 1);
  switch (filler.get('variance_norm')) {
    case 'FAN_IN':
      return fanIn;
    case 'FAN_OUT':
      return fanOut;
    case 'AVERAGE':
      return (fanIn + fanOut) / 2;
  }
}

/** A Bernoulli mask that leaves `sparse` of the inputs of each output, on average. */
function sparseGaussian(filling: Filling): Value {
  const { builder, shape, filler, draws } = filling;
  const values = gaussian(filling, filler.get('mean'), filler.get('std'));
  const sparse = filler.get('sparse');
  if (sparse < 0) return values;
  const chance = sparse / (shape[0] ?? 1);
  const unit = draws.uniform(shape);
  const kept = builder.apply(less, [unit, scalar(builder, chance)], none);
  return multiply(builder, values, kept);
}

/** Uniform numbers whose sum is 1 for each entry of the first axis. */
function positiveUnitball(filling: Filling): Value {
  const { builder, shape } = filling;
  const rows = shape[0] ?? 1;
  const matrix = reshaped(builder, uniform(filling, 0, 1), [
    rows,
    elementCount(shape) / rows,
  ]);
  const sums = builder.apply(reduceSum, [matrix], { axes: [1] });
  return reshaped(builder, divide(builder, matrix, sums), shape);
}

/** Weights that make a Deconvolution interpolate (filler.hpp, BilinearFiller). */
function bilinear({ builder, shape }: Filling): Value {
  const width = shape.at(-1) ?? 1;
  const height = shape.at(-2) ?? 1;
  const factor = Math.ceil(width / 2);
  const centre = (2 * factor - 1 - (factor % 2)) / (2 * factor);
  const weight = (at: number): number => 1 - Math.abs(at / factor - centre);
  const data = Float32Array.from(
    { length: elementCount(shape) },
    (_, flat) =>
      weight(flat % width) * weight(Math.floor(flat / width) % height),
  );
  return builder.apply(constant, [], {
    tensor: { type: float32(shape), data },
  });
}

const fillers: Readonly<Record<string, (filling: Filling) => Value>> = {
  constant: ({ builder, shape, filler }) =>
    filledWith(builder, shape, filler.get('value')),
  uniform: (filling) =>
    uniform(filling, filling.filler.get('min'), filling.filler.get('max')),
  gaussian: sparseGaussian,
  positive_unitball: positiveUnitball,
  xavier: (filling) => {
    const bound = Math.sqrt(3 / fan(filling));
    return uniform(filling, -bound, bound);
  },
  msra: (filling) => gaussian(filling, 0, Math.sqrt(2 / fan(filling))),
  bilinear,
};

/** A tensor of one number throughout. */
export const filledWith = (
  builder: Builder,
  shape: Shape,
  value: number,
): Value => builder.apply(broadcast, [scalar(builder, value)], { shape });

export const fillerTypes: readonly string[] = Object.keys(fillers);

/**
 * The first values of a parameter, or a top of DummyData (filler.hpp). Random ones come from
 * `draws`. The filler's type must be one of `fillerTypes`.
 */
export function fillerValue(
  builder: Builder,
  { shape, filler }: ParameterSpec,
  draws: Draws,
): Value {
  if ('constant' in filler) return filledWith(builder, shape, filler.constant);
  const fill = fillers[filler.get('type')];
  return fill === undefined
    ? filledWith(builder, shape, 0)
    : fill({ builder, shape, filler, draws });
}
