import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import type { Shape } from '../ir/types.js';
import { concat } from '../ops/axis-ops.js';
import { none, stopGradient } from '../ops/elementwise.js';
import { matMul } from '../ops/mat-mul.js';
import { split } from '../ops/split.js';
import type { Message } from '../schema/message.js';
import { countBetween } from './axis.js';
import type { LowerContext, SetUpContext } from './define-layer.js';
import { bottom, bottomShape, multiply, reshaped } from './operands.js';

/** What LSTM and RNN have in common (recurrent_layer.cpp); sizes by Caffe's letters. */
export interface Recurrent {
  /** Steps in time. */
  readonly steps: number;
  /** Sequences side by side. */
  readonly streams: number;
  /** Numbers of an input at each step. */
  readonly inputs: number;
  /** Numbers of the input that is the same at each step; undefined: there is none. */
  readonly statics: number | undefined;
  readonly outputs: number;
  /** First states come as bottoms, last ones leave as tops. */
  readonly exposed: boolean;
}

/** The words of the state, in the order in which bottoms and tops have them. */
export type StateNames = readonly string[];

/** Reads and checks the bottoms and the parameters. */
export function recurrent(
  context: SetUpContext,
  param: Message<'RecurrentParameter'>,
  states: StateNames,
): Recurrent | undefined {
  const { message, bottoms, topCount } = context;
  const outputs = param.get('num_output');
  const exposed = param.get('expose_hidden');
  if (outputs < 1) {
    return context.refuse(
      'num_output must be at least 1',
      param.spanOf('num_output'),
    );
  }
  const hidden = exposed ? states.length : 0;
  const fewest = 2 + hidden;
  if (bottoms.length < fewest || bottoms.length > fewest + 1) {
    return context.refuse(
      `it takes ${fewest} bottoms, or ${fewest + 1} with a static input${exposed ? ' (expose_hidden)' : ''}; it has ${bottoms.length}`,
      message.spanOf('bottom', 0),
    );
  }
  if (topCount !== 1 + hidden) {
    return context.refuse(
      exposed
        ? `with expose_hidden it gives ${1 + hidden} tops; it has ${topCount}`
        : `it gives one top; it has ${topCount}`,
      message.spanOf('top', 0),
    );
  }
  const x = bottomShape(context);
  const [steps, streams] = x;
  if (steps === undefined || streams === undefined) {
    return context.refuse(
      `its input must have at least 2 axes, time and stream, not ${x.length}`,
      message.spanOf('bottom', 0),
    );
  }
  const wrong = (index: number, what: string, wanted: Shape) =>
    context.refuse(
      `bottom ${index} (${what}) must be ${wanted.join('x')}, not ${bottomShape(context, index).join('x')}`,
      message.spanOf('bottom', index),
    );
  const isShaped = (index: number, wanted: Shape) =>
    bottomShape(context, index).join() === wanted.join();
  if (!isShaped(1, [steps, streams])) {
    return wrong(1, 'the marks of what goes on', [steps, streams]);
  }
  const withStatic = bottoms.length > fewest;
  if (withStatic && bottomShape(context, 2)[0] !== streams) {
    return context.refuse(
      `bottom 2 (the static input) must have ${streams} streams first, not ${bottomShape(context, 2).join('x')}`,
      message.spanOf('bottom', 2),
    );
  }
  const first = withStatic ? 3 : 2;
  const state = [1, streams, outputs];
  const misshapen = states.findIndex(
    (_, at) => exposed && !isShaped(first + at, state),
  );
  if (misshapen !== -1) {
    const what = `the first ${states[misshapen] ?? ''}`;
    return wrong(first + misshapen, what, state);
  }
  return {
    steps,
    streams,
    inputs: countBetween(x, 2),
    statics: withStatic ? countBetween(bottomShape(context, 2), 1) : undefined,
    outputs,
    exposed,
  };
}

/** Shapes of the tops: the outputs at all steps, and the last states where they are exposed. */
export const recurrentTops = (
  { steps, streams, outputs, exposed }: Recurrent,
  states: StateNames,
): readonly Shape[] => [
  [steps, streams, outputs],
  ...(exposed ? states.map(() => [1, streams, outputs]) : []),
];

/** x times the transposed weights: what an InnerProduct without bias does. */
export const product = (builder: Builder, x: Value, weights: Value): Value =>
  builder.apply(matMul, [x, weights], { transposeA: false, transposeB: true });

/** The rows of each step, of what has all steps below one another. */
export const perStep = (
  builder: Builder,
  x: Value,
  steps: number,
): readonly Value[] =>
  steps === 1 ? [x] : builder.applyAll(split, [x], { axis: 0, count: steps });

/** One step: from the states (streams x outputs) and the input's share of the sums. */
export type Step = (facts: {
  readonly input: Value;
  /** 1 where the sequence goes on, 0 where another begins (streams x 1). */
  readonly goesOn: Value;
  readonly states: readonly Value[];
}) => { readonly output: Value; readonly states: readonly Value[] };

/**
 * Runs the steps one after the other and gives the tops.
 *
 * The first states are what the pass before left (0 before the first pass), or the bottoms
 * with `expose_hidden`. No gradient reaches them, and none comes in by the last ones.
 */
export function unrolled(
  context: LowerContext,
  { steps, streams, outputs, statics, exposed }: Recurrent,
  names: StateNames,
  inputs: Value,
  step: Step,
): readonly Value[] {
  const { builder } = context;
  const rows = [streams, outputs];
  const fixed = (value: Value) => builder.apply(stopGradient, [value], none);
  const kept = exposed ? [] : names.map((name) => context.state(name, rows));
  const first = statics === undefined ? 2 : 3;
  let states = exposed
    ? names.map((_, at) =>
        fixed(reshaped(builder, bottom(context, first + at), rows)),
      )
    : kept.map(({ value }) => value);
  const marks = reshaped(builder, fixed(bottom(context, 1)), [
    steps * streams,
    1,
  ]);
  const goesOn = perStep(builder, marks, steps);
  const made = perStep(builder, inputs, steps).map((input, at) => {
    const result = step({ input, goesOn: goesOn[at] ?? marks, states });
    states = [...result.states];
    return result.output;
  });
  kept.forEach((state, at) => {
    state.keep(states[at] ?? state.value);
  });
  const [only] = made;
  const joined =
    only !== undefined && made.length === 1
      ? only
      : builder.apply(concat, made, { axis: 0 });
  return [
    reshaped(builder, joined, [steps, streams, outputs]),
    ...(exposed
      ? states.map((state) =>
          reshaped(builder, fixed(state), [1, streams, outputs]),
        )
      : []),
  ];
}

/** The states of the step before, 0 where another sequence begins. */
export const continued = (
  builder: Builder,
  state: Value,
  goesOn: Value,
): Value => multiply(builder, state, goesOn);
