import { expect } from 'chai';

import { compile } from '../../../compiler/compile.js';
import { training } from '../../../compiler/passes/index.js';

import { passTensors } from '../../../runtime/trace/pass-tensors.js';

const text = `
  layer { name: "in" type: "Input" top: "x" input_param { shape { dim: 2 dim: 3 dim: 8 dim: 8 } } }
  layer { name: "conv" type: "Convolution" bottom: "x" top: "y"
    convolution_param { num_output: 4 kernel_size: 3 } }
  layer { name: "bn" type: "BatchNorm" bottom: "y" top: "z" }
  layer { name: "loss" type: "Reduction" bottom: "z" top: "l" loss_weight: 1 }`;

/** The kinds of the nodes that make what a pass computes. */
function opsOf(net: string): readonly string[] {
  const { model } = compile(
    { name: 'net.prototxt', text: net },
    { phase: 'TRAIN', differentiate: true, pipeline: training },
  );
  if (model === undefined) throw new Error('the net is refused');
  const { graph } = model.savedModel;
  const called = graph.functions.find(({ name }) => name === 'differentiate');
  if (called === undefined) throw new Error('nothing is differentiated');
  return passTensors(called, graph, model.net).map(
    (tensor) =>
      graph.nodes.find(({ name }) => name === tensor.replace(/:\d+$/, ''))
        ?.op ?? '',
  );
}

describe('passTensors', () => {
  it('takes gradients of filters as the update does, and no zeros', () => {
    const ops = opsOf(text);
    expect(ops).to.include('Conv2DBackpropFilter');
    expect(ops).to.not.include('Transpose');
    // The loss, as an output and in all; the gradients of the filter and of its bias.
    expect(ops).to.have.length(4);
  });

  it('takes the gradient of an input with force_backward alone', () => {
    expect(opsOf(`force_backward: true ${text}`)).to.have.length(5);
  });
});
