import { atLeast, defineLayer } from './define-layer.js';
import { lstmStep } from './lstm-unit.js';
import { add, parameter } from './operands.js';
import {
  continued,
  product,
  recurrent,
  recurrentTops,
  unrolled,
} from './recurrent.js';
import { inputSums } from './recurrent-input.js';

const states = ['h', 'c'];

/**
 * LSTM (lstm_layer.cpp, recurrent_layer.cpp), unrolled over its steps.
 *
 * Bottoms: x (T, N, ...), marks (T, N): 1 where a sequence goes on, 0 where another begins; a
 * static input (N, ...) that is the same at all steps; with `expose_hidden` the first h and c
 * (1, N, D). Tops: h (T, N, D), and with `expose_hidden` the last h and c. Blobs: W_xc (4 D, I),
 * b_c (4 D), W_xc_static (4 D, S) with a static input, W_hc (4 D, D).
 *
 * - C1: the sums of the gates are W_hc (mark * h) + W_xc x + b_c + W_xc_static x_static; then
 *   each step is LSTMUnit's.
 * - C2: without `expose_hidden` the last h and c are kept for the next pass; 0 before the first.
 * - C3: with it no gradient reaches the first h and c, and none comes in by the last ones. The
 *   marks get none either.
 * - `debug_info` means nothing here.
 */
export const lstm = defineLayer({
  type: 'LSTM',
  bottoms: atLeast(2),
  tops: atLeast(1),
  setUp(context) {
    const param = context.message.get('recurrent_param');
    const sizes = recurrent(context, param, states);
    if (sizes === undefined) return undefined;
    const { steps, streams, inputs, statics, outputs } = sizes;
    const gates = 4 * outputs;
    const weights = param.get('weight_filler');
    const rows = streams * gates;
    return {
      tops: recurrentTops(sizes, states),
      parameters: [
        { shape: [gates, inputs], filler: weights },
        { shape: [gates], filler: param.get('bias_filler') },
        ...(statics === undefined
          ? []
          : [{ shape: [gates, statics], filler: weights }]),
        { shape: [gates, outputs], filler: weights },
      ],
      macs: steps * rows * (inputs + outputs) + rows * (statics ?? 0),
      lower: (lowering) => {
        const { builder } = lowering;
        const hidden = parameter(lowering, statics === undefined ? 2 : 3);
        return unrolled(
          lowering,
          sizes,
          states,
          inputSums(lowering, sizes),
          ({ input, goesOn, states: [h = input, c = input] }) => {
            const before = continued(builder, h, goesOn);
            const sums = add(builder, product(builder, before, hidden), input);
            const { cell, output } = lstmStep(builder, c, sums, goesOn);
            return { output, states: [output, cell] };
          },
        );
      },
    };
  },
});
