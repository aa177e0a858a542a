import { expect } from 'chai';

import { functionOf } from '../../../compiler/ir/graph.js';
import { chooseLayout } from '../../../compiler/passes/choose-layout.js';
import { eliminateDeadOps } from '../../../compiler/passes/eliminate-dead-ops.js';
import { hoistParameters } from '../../../compiler/passes/hoist-parameters.js';

import {
  after,
  inputText,
  layerText,
  lowered,
  opNames,
} from '../../support/lowered.js';

const hoisted = (text: string) =>
  after(
    after(after(lowered(text), chooseLayout), hoistParameters),
    eliminateDeadOps<'physical'>(),
  );
const convolution = (name: string, bottom: string) =>
  layerText(
    name,
    'Convolution',
    bottom,
    'convolution_param { num_output: 3 kernel_size: 3 bias_term: false }',
  );
const image = inputText('x', [2, 4, 6, 6]);

describe('hoist-parameters', () => {
  it('computes what depends on parameters alone in a function of its own', () => {
    const graph = hoisted(image + convolution('c', 'x'));
    expect(opNames(graph)).to.deep.equal([
      'transpose',
      'readVariable',
      'conv2d',
      'transpose',
    ]);
    expect(opNames(graph, 'derive')).to.deep.equal([
      'readVariable',
      'transpose',
    ]);
    expect(
      functionOf(graph, 'derive').stores.map(({ variable }) => variable.name),
    ).to.deep.equal(['c/derived/0']);
  });

  it('keeps parameters that are used as they are', () => {
    const graph = hoisted(
      inputText('x', [2, 3]) +
        layerText(
          'ip',
          'InnerProduct',
          'x',
          'inner_product_param { num_output: 3 bias_term: false }',
        ),
    );
    expect(opNames(graph)).to.deep.equal(['readVariable', 'matMul']);
    expect(opNames(graph, 'derive')).to.deep.equal([]);
  });

  it('finds names that no parameter has', () => {
    const graph = hoisted(
      image + convolution('c/derived', 'x') + convolution('c', 'c/derived'),
    );
    const names = graph.variables.map(({ name }) => name);
    expect(names).to.deep.equal([
      'c/derived/0',
      'c/0',
      'c/derived/derived/0',
      'c/derived/1',
    ]);
  });
});
