import type { Builder } from '../../ir/builder.js';
import type { Named, Value } from '../../ir/graph.js';
import { elementCount } from '../../ir/types.js';
import { add, divide, reshaped, scalar } from '../../layers/operands.js';
import type { Net, Parameter } from '../../net/net.js';
import { abs, none, square } from '../../ops/elementwise.js';
import { reduceSum } from '../../ops/reductions.js';
import {
  type BackwardLine,
  backwardLines,
  type DebugLine,
  forwardLines,
} from '../../solver/debug-lines.js';
import type { Forward } from '../forward.js';
import { wantsGradient } from '../loss.js';
import type { Learnt } from './learnt.js';
import { stepNames } from './step-names.js';

/** The sum over all of a value's numbers: a scalar. */
function sumOf(builder: Builder, value: Value): Value {
  const axes = value.type.shape.map((_, axis) => axis);
  const sum =
    axes.length === 0 ? value : builder.apply(reduceSum, [value], { axes });
  return reshaped(builder, sum, []);
}

const absoluteSum = (builder: Builder, value: Value): Value =>
  sumOf(builder, builder.apply(abs, [value], none));

const squareSum = (builder: Builder, value: Value): Value =>
  sumOf(builder, builder.apply(square, [value], none));

/** The mean of a value's absolute numbers, as Caffe takes it: the sum, divided. */
const meanOf = (builder: Builder, value: Value): Value =>
  divide(
    builder,
    absoluteSum(builder, value),
    scalar(builder, elementCount(value.type.shape)),
  );

/** The means of those lines that have a value; the others are left out. */
const means = (
  builder: Builder,
  lines: readonly DebugLine[],
  nameOf: (line: number) => string,
  valueOf: (line: number) => Value | undefined,
): readonly Named[] =>
  lines.flatMap((_, line) => {
    const value = valueOf(line);
    return value === undefined || elementCount(value.type.shape) === 0
      ? []
      : [{ name: nameOf(line), value: meanOf(builder, value) }];
  });

/** What `debug_info` tells of a forward pass: an output for each line. */
export function forwardDebug(
  net: Net,
  forward: Forward,
  current: (parameter: Parameter) => Value,
): readonly Named[] {
  const lines = forwardLines(net);
  const { builder } = forward;
  return builder.at({ layer: '', pass: 'debug_info' }, () =>
    means(builder, lines, stepNames.forwardDebug, (at) => {
      const line = lines[at];
      if (line === undefined) return undefined;
      return line.kind === 'top' ? forward.made.get(line.of) : current(line.of);
    }),
  );
}

/** The values whose gradients the lines tell of. */
export const debugWanted = (
  net: Net,
  { bottoms, uses, values }: Forward,
): readonly Value[] =>
  backwardLines(net).flatMap((line) => {
    if (line.kind === 'bottom-gradient') {
      const { of } = line;
      const read =
        'bottom' in of ? bottoms.get(of.layer)?.[of.bottom] : values.get(of);
      return read ?? [];
    }
    // Statistics have no gradient, whatever could be computed.
    const isWanted = wantsGradient(net, line.of.owner ?? line.of);
    return (isWanted ? uses.get(line.of) : undefined) ?? [];
  });

export interface BackwardDebug {
  readonly net: Net;
  readonly forward: Forward;
  readonly learnt: readonly Learnt[];
  /** Of the values of `debugWanted`. */
  readonly gradients: ReadonlyMap<Value, Value>;
  /** What a parameter's gradients were summed up to before this pass. */
  readonly before: (learnt: Learnt) => Value | undefined;
  /** The sums after it. */
  readonly sums: ReadonlyMap<Learnt, Value>;
  readonly current: (learnt: Learnt) => Value;
}

/** What it tells of the backward pass: an output for each line, and the norms of all. */
export function backwardDebug(debug: BackwardDebug): readonly Named[] {
  const { builder } = debug.forward;
  const lines = backwardLines(debug.net);
  return builder.at({ layer: '', pass: 'debug_info' }, () => {
    const values = gradientsOfLines(debug, lines);
    return [
      ...means(builder, lines, stepNames.backwardDebug, (line) => values[line]),
      ...norms(debug),
    ];
  });
}

/** In the order of the lines: who shares a parameter adds to what those behind it gave. */
function gradientsOfLines(
  { forward, learnt, gradients, before }: BackwardDebug,
  lines: readonly BackwardLine[],
): readonly (Value | undefined)[] {
  const { builder, bottoms, uses, values } = forward;
  const byParameter = new Map(learnt.map((each) => [each.parameter, each]));
  const sums = new Map<Parameter, Value>();
  const summed = (parameter: Parameter): Value => {
    const owner = parameter.owner ?? parameter;
    const own = byParameter.get(owner);
    const sum = sums.get(owner) ?? (own && before(own));
    const share = gradientAt(uses.get(parameter), gradients);
    const shape = owner.spec.shape;
    if (share === undefined) return sum ?? scalar(builder, 0);
    const added = reshaped(builder, share, shape);
    const next = sum === undefined ? added : add(builder, sum, added);
    sums.set(owner, next);
    return next;
  };
  return lines.map((line) => {
    if (line.kind === 'parameter-gradient') return summed(line.of);
    const { of } = line;
    return gradientAt(
      'bottom' in of ? bottoms.get(of.layer)?.[of.bottom] : values.get(of),
      gradients,
    );
  });
}

const gradientAt = (
  value: Value | undefined,
  gradients: ReadonlyMap<Value, Value>,
): Value | undefined =>
  value === undefined ? undefined : gradients.get(value);

/** Sums over all learnable parameters, one after the other, of what they are and of their gradients. */
function norms({
  forward: { builder },
  learnt,
  sums,
  current,
}: BackwardDebug): readonly Named[] {
  const total = (
    values: readonly (Value | undefined)[],
    measure: (builder: Builder, value: Value) => Value,
  ): Value =>
    values.reduce<Value>(
      (sum, value) =>
        value === undefined ? sum : add(builder, sum, measure(builder, value)),
      scalar(builder, 0),
    );
  const data = learnt.map(current);
  const gradients = learnt.map((each) => sums.get(each));
  const { debugNorms } = stepNames;
  return [
    { name: debugNorms.dataSum, value: total(data, absoluteSum) },
    { name: debugNorms.gradientSum, value: total(gradients, absoluteSum) },
    { name: debugNorms.dataSquares, value: total(data, squareSum) },
    { name: debugNorms.gradientSquares, value: total(gradients, squareSum) },
  ];
}
