import { expect } from 'chai';

import { Builder } from '../../../compiler/ir/builder.js';
import { printFunction, printGraph } from '../../../compiler/ir/printer.js';
import { float32 } from '../../../compiler/ir/types.js';
import { constant } from '../../../compiler/ops/constant.js';

import { inputText, layerText, lowered } from '../../support/lowered.js';

describe('Text of the IR', () => {
  it('has a line for each op, with its layer', () => {
    const graph = lowered(
      inputText('x', [2, 3]) +
        layerText('r', 'ReLU', 'x', 'relu_param { negative_slope: 0.5 }'),
    );
    const [predict] = graph.functions;
    if (predict === undefined) throw new Error('no function');
    expect(printFunction(predict)).to.equal(
      [
        "function predict(%0 'x': float32[2x3]) {",
        '  %1: float32[2x3] = leakyRelu(%0) {slope=0.5} // r',
        "  return 'r' = %1",
        '}',
        '',
      ].join('\n'),
    );
  });

  it('is the same for the same net', () => {
    const text =
      inputText('x', [2, 3]) +
      layerText(
        'ip',
        'InnerProduct',
        'x',
        'inner_product_param { num_output: 2 }',
      );
    expect(printGraph(lowered(text))).to.equal(printGraph(lowered(text)));
  });

  it('shows the values of small tensors only', () => {
    const builder = new Builder({ layer: '' });
    for (const size of [2, 5]) {
      builder.apply(constant, [], {
        tensor: { type: float32([size]), data: new Float32Array(size) },
      });
    }
    const text = printFunction({
      name: 'f',
      inputs: [],
      ops: builder.ops,
      outputs: [],
      stores: [],
    });
    expect(text).to.include('{tensor=float32[2] {0, 0}}');
    expect(text).to.include('{tensor=float32[5]}');
  });
});
