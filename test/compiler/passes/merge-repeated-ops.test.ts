import { expect } from 'chai';

import { Builder } from '../../../compiler/ir/builder.js';
import { float32 } from '../../../compiler/ir/types.js';
import { constant } from '../../../compiler/ops/constant.js';
import { chooseLayout } from '../../../compiler/passes/choose-layout.js';
import { mergeRepeatedOps } from '../../../compiler/passes/merge-repeated-ops.js';

import {
  after,
  inputText,
  layerText,
  lowered,
  opNames,
} from '../../support/lowered.js';

const x = inputText('x', [2, 3]);
const merged = (text: string): readonly string[] =>
  opNames(after(after(lowered(text), chooseLayout), mergeRepeatedOps));

describe('merge-repeated-ops', () => {
  it('keeps one of equal ops, and of what follows from them', () => {
    const text =
      x +
      layerText('a', 'ReLU', 'x') +
      layerText('b', 'ReLU', 'x') +
      layerText('c', 'TanH', 'a') +
      layerText('d', 'TanH', 'b');
    expect(merged(text)).to.deep.equal(['relu', 'tanh']);
  });

  it('keeps ops whose attributes differ', () => {
    const leaky = (name: string, slope: number) =>
      layerText(name, 'ReLU', 'x', `relu_param { negative_slope: ${slope} }`);
    expect(merged(x + leaky('a', 0.1) + leaky('b', 0.2))).to.deep.equal([
      'leakyRelu',
      'leakyRelu',
    ]);
  });

  it('keeps parameters apart', () => {
    const text =
      x + layerText('a', 'Scale', 'x') + layerText('b', 'Scale', 'x');
    expect(
      merged(text).filter((name) => name === 'readVariable'),
    ).to.have.length(2);
  });

  it('tells 0 from -0', () => {
    const builder = new Builder({ layer: '' });
    const outputs = [0, -0, 0].map((value, index) => ({
      name: `y${index}`,
      value: builder.apply(constant, [], {
        tensor: { type: float32([]), data: Float32Array.of(value) },
      }),
    }));
    const graph = {
      stage: 'physical' as const,
      name: 'constants',
      variables: [],
      functions: [
        { name: 'predict', inputs: [], ops: builder.ops, outputs, stores: [] },
      ],
    };
    expect(opNames(after(graph, mergeRepeatedOps))).to.have.length(2);
  });
});
