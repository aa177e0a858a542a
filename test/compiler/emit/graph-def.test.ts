import { expect } from 'chai';

import { compile } from '../../../compiler/compile.js';
import { nodeName } from '../../../compiler/emit/graph-def.js';
import type { NodeDef } from '../../../compiler/emit/node-emitter.js';

import { inputText, layerText } from '../../support/lowered.js';

const emitted = (text: string) => {
  const { model } = compile({ name: 'net.prototxt', text });
  if (model === undefined) throw new Error('not compiled');
  return model.savedModel;
};

/** The node that an input of a NodeDef names: `^a` and `a:1` are a. */
const nodeOf = (input: string): string =>
  input.replace(/^\^/, '').replace(/:\d+$/, '');

const net =
  inputText('data', [1, 3, 6, 6]) +
  layerText(
    'conv',
    'Convolution',
    'data',
    'convolution_param { num_output: 2 kernel_size: 3 }',
  ) +
  layerText('r', 'ReLU', 'conv');

describe('Names of nodes', () => {
  it('are those that TensorFlow takes', () => {
    for (const name of [
      'conv1',
      'a/b-c.d',
      '1x1',
      'ä b',
      '_x',
      '/x',
      '',
      '日本',
    ])
      expect(nodeName(name), name).to.match(
        /^[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*$/,
      );
    expect(nodeName('inception_3a/1x1')).to.equal('inception_3a/1x1');
  });

  it('are unique, whatever layers are called', () => {
    const text =
      net +
      layerText('output/r', 'TanH', 'conv') +
      layerText('assign/conv/0', 'TanH', 'conv') +
      layerText('constant', 'TanH', 'conv') +
      layerText('a b', 'TanH', 'conv') +
      layerText('a_b', 'TanH', 'conv');
    const names = emitted(text).graph.nodes.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
  });
});

describe('A GraphDef', () => {
  const { graph } = emitted(net);

  it('defines each node before its readers', () => {
    const seen = new Set<string>();
    for (const { name, input } of graph.nodes) {
      const missing = input.map(nodeOf).filter((node) => !seen.has(node));
      expect(missing, name).to.deep.equal([]);
      seen.add(name);
    }
  });

  it('knows from which layer its nodes come', () => {
    const conv = graph.nodes.find(({ op }) => op === 'Conv2D');
    expect(graph.origins.get(conv?.name ?? '')?.layer).to.equal('conv');
  });

  it('gives each variable a name of its own in the session', () => {
    const shared = graph.nodes
      .filter(({ op }) => op === 'VarHandleOp')
      .map(({ attr }: NodeDef) => attr['shared_name'])
      .map((name) =>
        name !== undefined && 's' in name ? Buffer.from(name.s).toString() : '',
      );
    expect(new Set(shared).size).to.equal(shared.length);
    expect(shared).to.include('conv/0');
  });

  it('makes small constants once', () => {
    const constants = graph.nodes.filter(({ op }) => op === 'Const');
    const texts = constants.map(({ attr }) => JSON.stringify(attr));
    expect(new Set(texts).size).to.equal(texts.length);
  });
});
