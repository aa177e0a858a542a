import { expect } from 'chai';

import { compile } from '../../../compiler/compile.js';
import type { Origin } from '../../../compiler/ir/graph.js';

import { layerTimes } from '../../../runtime/trace/layer-times.js';

const node = (name: string, microseconds: number, op = '') => ({
  node: name,
  op,
  microseconds,
});

describe('layerTimes', () => {
  const origins = new Map<string, Origin>([
    ['conv/Conv2D', { layer: 'conv' }],
    ['conv/Conv2DBackpropFilter', { layer: 'conv', backward: true }],
    // Another pass than the one that takes gradients made it last.
    ['conv/Slice', { layer: 'conv', pass: 'legalize-padding', backward: true }],
    ['relu/Relu', { layer: 'relu', pass: 'fuse-bias' }],
    ['sum', { layer: '' }],
  ]);

  it('tells forward from backward, whatever pass an op went through', () => {
    const { layers, other, total } = layerTimes(
      [
        node('conv/Conv2D', 1000),
        node('conv/Conv2DBackpropFilter', 2000),
        node('conv/Slice', 500),
        node('relu/Relu', 250),
        node('sum', 125),
      ],
      { origins, nodes: [] },
      1,
    );
    expect(Object.fromEntries(layers)).to.deep.equal({
      conv: { forward: 1, backward: 2.5 },
      relu: { forward: 0.25, backward: 0 },
    });
    expect(other).to.equal(0.125);
    expect(total).to.equal(3.875);
  });

  it('knows nodes that the optimiser named anew, and takes the mean of passes', () => {
    const { layers, other } = layerTimes(
      [
        node('ConstantFolding/relu/Relu-folded-1', 2000),
        node('conv/Conv2D-0-TransposeNHWCToNCHW-LayoutOptimizer', 4000),
        node('_SINK', 6000),
      ],
      { origins, nodes: [] },
      2,
    );
    expect(layers.get('relu')).to.deep.equal({ forward: 1, backward: 0 });
    expect(layers.get('conv')).to.deep.equal({ forward: 2, backward: 0 });
    expect(other).to.equal(3);
  });

  it('gives the time of a fused kernel to its convolution, and says what else is in it', () => {
    const text = `
      layer { name: "in" type: "Input" top: "x" input_param { shape { dim: 2 dim: 3 dim: 8 dim: 8 } } }
      layer { name: "conv" type: "Convolution" bottom: "x" top: "y"
        convolution_param { num_output: 4 kernel_size: 3 } }
      layer { name: "act" type: "ReLU" bottom: "y" top: "y" }
      layer { name: "pool" type: "Pooling" bottom: "y" top: "z"
        pooling_param { pool: MAX kernel_size: 2 stride: 2 } }`;
    const { model } = compile({ name: 'net.prototxt', text });
    const graph = model?.savedModel.graph;
    if (graph === undefined) throw new Error('the net is refused');
    const named = (op: string): string =>
      graph.nodes.find((each) => each.op === op)?.name ?? '';
    // Grappler's names: the kernel bears that of its last op.
    const { layers, within } = layerTimes(
      [
        node(named('Relu'), 3000, '_FusedConv2D'),
        node(named('MaxPool'), 1000, 'MaxPool'),
      ],
      graph,
      1,
    );
    expect(Object.fromEntries(layers)).to.deep.equal({
      conv: { forward: 3, backward: 0 },
      pool: { forward: 1, backward: 0 },
    });
    expect([...within]).to.deep.equal([['act', 'conv']]);
  });

  it('finds in a compiled net which nodes only gradients need', () => {
    const text = `
      layer { name: "in" type: "Input" top: "x" input_param { shape { dim: 2 dim: 3 dim: 8 dim: 8 } } }
      layer { name: "conv" type: "Convolution" bottom: "x" top: "y"
        convolution_param { num_output: 4 kernel_size: 3 stride: 2 pad: 1 } }
      layer { name: "pool" type: "Pooling" bottom: "y" top: "z"
        pooling_param { pool: MAX kernel_size: 3 stride: 2 } }
      layer { name: "loss" type: "Reduction" bottom: "z" top: "l" loss_weight: 1 }`;
    const { model } = compile(
      { name: 'net.prototxt', text },
      { phase: 'TRAIN', differentiate: true },
    );
    const graph = model?.savedModel.graph;
    const sideOf = (op: string) =>
      (graph?.nodes ?? [])
        .filter((each) => each.op === op)
        .map(({ name }) => graph?.origins.get(name)?.backward === true);
    expect(sideOf('Conv2D')).to.include(false).and.not.include(true);
    expect(sideOf('MaxPool')).to.include(false).and.not.include(true);
    for (const op of ['Conv2DBackpropFilter', 'MaxPoolGrad']) {
      expect(sideOf(op), op).to.include(true).and.not.include(false);
    }
  });
});
