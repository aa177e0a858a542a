import { expect } from 'chai';

import { chooseLayout } from '../../../compiler/passes/choose-layout.js';
import { eliminateDeadOps } from '../../../compiler/passes/eliminate-dead-ops.js';
import { fuseBias } from '../../../compiler/passes/fuse-bias.js';

import {
  after,
  inputText,
  layerText,
  lowered,
  opNames,
} from '../../support/lowered.js';

const image = inputText('x', [2, 4, 6, 6]);
const convolution = layerText(
  'c',
  'Convolution',
  'x',
  'convolution_param { num_output: 3 kernel_size: 3 }',
);
const fused = (text: string): readonly string[] =>
  opNames(
    after(
      after(after(lowered(text), chooseLayout), fuseBias),
      eliminateDeadOps<'physical'>(),
    ),
  );

describe('fuse-bias', () => {
  it('makes a biasAdd of the addition after a convolution', () => {
    expect(
      fused(image + convolution + layerText('r', 'ReLU', 'c')).slice(-4),
    ).to.deep.equal(['reshape', 'biasAdd', 'relu', 'transpose']);
  });

  it('does the same after a matrix product', () => {
    const text =
      inputText('x', [2, 4]) +
      layerText(
        'ip',
        'InnerProduct',
        'x',
        'inner_product_param { num_output: 3 }',
      );
    expect(fused(text).at(-1)).to.equal('biasAdd');
  });

  it('leaves additions of data, and of other axes', () => {
    const summed =
      image +
      convolution +
      layerText('r', 'ReLU', 'c') +
      layerText('y', 'Eltwise', ['c', 'r']);
    expect(fused(summed).filter((name) => name === 'add')).to.have.length(1);
    const rows =
      image +
      convolution +
      layerText('y', 'Bias', 'c', 'bias_param { axis: 2 }');
    expect(fused(rows).filter((name) => name === 'add')).to.have.length(1);
    const scalar =
      image + layerText('y', 'Bias', 'x', 'bias_param { num_axes: 0 }');
    expect(fused(scalar)).not.to.include('biasAdd');
  });
});
