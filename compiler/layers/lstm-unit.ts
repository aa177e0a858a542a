import { invariant } from '../diagnostics.js';
import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { sizeAt } from '../ir/types.js';
import { none, sigmoid, stopGradient, tanh } from '../ops/elementwise.js';
import { split } from '../ops/split.js';
import { defineLayer, exactly } from './define-layer.js';
import { add, bottom, bottomShape, multiply, reshaped } from './operands.js';

/** The cells and outputs of one step. */
export interface CellAndOutput {
  readonly cell: Value;
  readonly output: Value;
}

/** LSTMUnit-C1; `gates` is streams x 4 D, `before` streams x D, `goesOn` streams x 1. */
export function lstmStep(
  builder: Builder,
  before: Value,
  gates: Value,
  goesOn: Value,
): CellAndOutput {
  const [input, forget, out, candidate] = builder.applyAll(split, [gates], {
    axis: 1,
    count: 4,
  });
  invariant(
    input !== undefined &&
      forget !== undefined &&
      out !== undefined &&
      candidate !== undefined,
    'there are not four gates',
  );
  const open = (gate: Value) => builder.apply(sigmoid, [gate], none);
  const bent = (value: Value) => builder.apply(tanh, [value], none);
  const remembered = multiply(
    builder,
    multiply(builder, open(forget), goesOn),
    before,
  );
  const cell = add(
    builder,
    remembered,
    multiply(builder, open(input), bent(candidate)),
  );
  return { cell, output: multiply(builder, open(out), bent(cell)) };
}

/**
 * LSTMUnit (lstm_unit_layer.cpp): one step of an LSTM.
 *
 * Bottoms: the cells before (1, N, D), the sums of the gates (1, N, 4 D), the marks of what
 * goes on (1, N), which get no gradient. Tops: the cells, the outputs (1, N, D).
 *
 * - C1: with the gates i, f, o, g in this order, c = mark * sigmoid(f) * c + sigmoid(i) *
 *   tanh(g), and the output is sigmoid(o) * tanh(c).
 */
export const lstmUnit = defineLayer({
  type: 'LSTMUnit',
  bottoms: exactly(3),
  tops: exactly(2),
  setUp(context) {
    const { message } = context;
    const shape = bottomShape(context);
    const wrong = (index: number, wanted: string) =>
      context.refuse(
        `bottom ${index} must be ${wanted}, not ${bottomShape(context, index).join('x')}`,
        message.spanOf('bottom', index),
      );
    if (shape.length !== 3 || shape[0] !== 1) return wrong(0, '1xNxD');
    const streams = sizeAt(shape, 1);
    const cells = sizeAt(shape, 2);
    const gates = `1x${streams}x${4 * cells}`;
    if (bottomShape(context, 1).join('x') !== gates) return wrong(1, gates);
    const marks = `1x${streams}`;
    if (bottomShape(context, 2).join('x') !== marks) return wrong(2, marks);
    return {
      tops: [shape, shape],
      lower: (lowering) => {
        const { builder } = lowering;
        const goesOn = builder.apply(stopGradient, [bottom(lowering, 2)], none);
        const { cell, output } = lstmStep(
          builder,
          reshaped(builder, bottom(lowering), [streams, cells]),
          reshaped(builder, bottom(lowering, 1), [streams, 4 * cells]),
          reshaped(builder, goesOn, [streams, 1]),
        );
        return [
          reshaped(builder, cell, shape),
          reshaped(builder, output, shape),
        ];
      },
    };
  },
});
