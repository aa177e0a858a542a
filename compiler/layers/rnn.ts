import { none, tanh } from '../ops/elementwise.js';
import { atLeast, defineLayer } from './define-layer.js';
import { add, overChannels, parameter } from './operands.js';
import {
  continued,
  product,
  recurrent,
  recurrentTops,
  unrolled,
} from './recurrent.js';
import { inputSums } from './recurrent-input.js';

const states = ['h'];

/**
 * RNN (rnn_layer.cpp, recurrent_layer.cpp), unrolled over its steps.
 *
 * Bottoms and tops: as LSTM's, with h as the only state; the first top is the output o. Blobs:
 * W_xh (D, I), b_h (D), W_xh_static (D, S) with a static input, W_hh (D, D), W_ho (D, D),
 * b_o (D).
 *
 * - C1: h = tanh(W_hh (mark * h) + W_xh x + b_h + W_xh_static x_static); the output has a tanh
 *   too: o = tanh(W_ho h + b_o).
 * - C2: the state is kept, and gradients stop, as in LSTM.
 * - `debug_info` means nothing here.
 */
export const rnn = defineLayer({
  type: 'RNN',
  bottoms: atLeast(2),
  tops: atLeast(1),
  setUp(context) {
    const param = context.message.get('recurrent_param');
    const sizes = recurrent(context, param, states);
    if (sizes === undefined) return undefined;
    const { steps, streams, inputs, statics, outputs } = sizes;
    const weights = param.get('weight_filler');
    const biases = param.get('bias_filler');
    const rows = streams * outputs;
    return {
      tops: recurrentTops(sizes, states),
      parameters: [
        { shape: [outputs, inputs], filler: weights },
        { shape: [outputs], filler: biases },
        ...(statics === undefined
          ? []
          : [{ shape: [outputs, statics], filler: weights }]),
        { shape: [outputs, outputs], filler: weights },
        { shape: [outputs, outputs], filler: weights },
        { shape: [outputs], filler: biases },
      ],
      macs: steps * rows * (inputs + 2 * outputs) + rows * (statics ?? 0),
      lower: (lowering) => {
        const { builder } = lowering;
        const first = statics === undefined ? 2 : 3;
        const hidden = parameter(lowering, first);
        const out = parameter(lowering, first + 1);
        const bias = overChannels(builder, parameter(lowering, first + 2), 2);
        return unrolled(
          lowering,
          sizes,
          states,
          inputSums(lowering, sizes),
          ({ input, goesOn, states: [before = input] }) => {
            const going = continued(builder, before, goesOn);
            const sums = add(builder, product(builder, going, hidden), input);
            const h = builder.apply(tanh, [sums], none);
            const shown = add(builder, product(builder, h, out), bias);
            const output = builder.apply(tanh, [shown], none);
            return { output, states: [h] };
          },
        );
      },
    };
  },
});
