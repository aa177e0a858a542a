import { expect } from 'chai';

import { functionOf, withFunction } from '../../../compiler/ir/graph.js';
import { eliminateDeadOps } from '../../../compiler/passes/eliminate-dead-ops.js';

import {
  after,
  inputText,
  layerText,
  lowered,
  opNames,
} from '../../support/lowered.js';

describe('eliminate-dead-ops', () => {
  const graph = lowered(
    inputText('x', [2, 3]) +
      layerText('a', 'ReLU', 'x') +
      layerText('b', 'Sigmoid', 'a') +
      layerText('c', 'TanH', 'a'),
  );

  it('leaves out what nobody returns', () => {
    const predict = functionOf(graph, 'predict');
    const only = withFunction(graph, {
      ...predict,
      outputs: predict.outputs.filter(({ name }) => name === 'c'),
    });
    expect(opNames(after(only, eliminateDeadOps()))).to.deep.equal([
      'relu',
      'tanh',
    ]);
  });

  it('keeps what is stored, and the inputs', () => {
    const swept = after(graph, eliminateDeadOps());
    expect(opNames(swept)).to.deep.equal(['relu', 'sigmoid', 'tanh']);
    const nothing = withFunction(graph, {
      ...functionOf(graph, 'predict'),
      outputs: [],
    });
    const empty = functionOf(after(nothing, eliminateDeadOps()), 'predict');
    expect(empty.ops).to.deep.equal([]);
    expect(empty.inputs.map(({ name }) => name)).to.deep.equal(['x']);
  });
});
