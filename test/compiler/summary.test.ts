import { expect } from 'chai';

import { readNet } from '../../compiler/read-net.js';
import { type NetSummary, summarizeNet } from '../../compiler/summary.js';

function summaryOf(layers: string): NetSummary {
  const text = `
    name: "n"
    layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 2 dim: 3 dim: 8 dim: 8 } } }
    ${layers}`;
  const { net } = readNet({ name: 'net.prototxt', text });
  if (net === undefined) throw new Error('the net cannot be read');
  return summarizeNet(net);
}

const convolution = (name: string, bottom: string, param = ''): string =>
  `layer { name: "${name}" type: "Convolution" bottom: "${bottom}" top: "${name}" ${param}
    convolution_param { num_output: 3 kernel_size: 3 pad: 1 } }`;

describe('The summary of a net', () => {
  it('counts parameters, multiply-accumulates and bytes of a layer', () => {
    const { layers, totals } = summaryOf(convolution('conv', 'data'));
    expect(layers[1]).to.eql({
      name: 'conv',
      type: 'Convolution',
      tops: [{ name: 'conv', shape: [2, 3, 8, 8] }],
      parameters: 3 * 3 * 9 + 3,
      learnable: 3 * 3 * 9 + 3,
      macs: 2 * 3 * 64 * 27,
      activations: 4 * 2 * 3 * 64,
    });
    expect(totals.activations).to.equal(2 * 4 * 2 * 3 * 64);
  });

  it('counts a shared blob once in the totals', () => {
    const param = 'param { name: "w" } param { name: "b" }';
    const { layers, totals } = summaryOf(
      convolution('one', 'data', param) + convolution('two', 'one', param),
    );
    expect(layers.map(({ parameters }) => parameters)).to.eql([0, 84, 84]);
    expect(totals).to.include({ layers: 3, parameters: 84, learnable: 84 });
  });

  it('takes moving statistics for nothing that is learnt', () => {
    const { layers, totals } = summaryOf(
      'layer { name: "bn" type: "BatchNorm" bottom: "data" top: "bn" }',
    );
    expect(layers[1]).to.include({ parameters: 7, learnable: 0 });
    expect(totals).to.include({ parameters: 7, learnable: 0 });
  });

  it('gives a layer in place no memory of its own', () => {
    const { layers } = summaryOf(
      'layer { name: "relu" type: "ReLU" bottom: "data" top: "data" }',
    );
    expect(layers[1]?.activations).to.equal(0);
  });

  it('leaves shapes open after a layer that is unknown', () => {
    const { layers } = summaryOf(
      `layer { name: "odd" type: "Odd" bottom: "data" top: "odd" } ${convolution('conv', 'odd')}`,
    );
    expect(layers[1]?.tops).to.eql([{ name: 'odd', shape: undefined }]);
    expect(layers[2]).to.deep.include({ parameters: 0, macs: 0 });
  });
});
