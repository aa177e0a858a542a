import { expect } from 'chai';

import { conv2d } from '../../../compiler/ops/convolution.js';
import { eliminateDeadOps } from '../../../compiler/passes/eliminate-dead-ops.js';
import { foldAffineIntoProducer } from '../../../compiler/passes/fold-affine-into-producer.js';

import {
  after,
  attributesOf,
  inputText,
  layerText,
  lowered,
  opNames,
  shapesOf,
} from '../../support/lowered.js';

const convolution = (name: string, bottom: string, more = '') =>
  layerText(
    name,
    'Convolution',
    bottom,
    `convolution_param { num_output: 6 kernel_size: 3 bias_term: false ${more} }`,
  );
const image = inputText('x', [2, 4, 6, 6]);

/** The ops on data: those after the weights are ready. */
const folded = (text: string) => {
  const graph = after(lowered(text), foldAffineIntoProducer);
  return after(graph, eliminateDeadOps<'logical'>());
};
const onData = (text: string): readonly string[] => {
  const names = opNames(folded(text));
  return names.slice(
    names.findIndex((name) => name === 'conv2d' || name === 'matMul'),
  );
};

describe('fold-affine-into-producer', () => {
  it('leaves one addition of a BN behind a convolution', () => {
    const text = image + convolution('c', 'x') + layerText('bn', 'BN', 'c');
    expect(onData(text)).to.deep.equal(['conv2d', 'reshape', 'add']);
    expect(shapesOf(folded(text))).to.include('multiply 6x4x3x3');
  });

  it('goes on through BatchNorm and Scale', () => {
    const text =
      image +
      convolution('c', 'x', 'group: 2') +
      layerText('bn', 'BatchNorm', 'c') +
      layerText('scale', 'Scale', 'bn', 'scale_param { bias_term: true }');
    expect(onData(text)).to.deep.equal(['conv2d', 'reshape', 'add']);
    expect(
      attributesOf(folded(text), conv2d).map(({ groups }) => groups),
    ).to.deep.equal([2]);
  });

  it('multiplies the rows of a matrix, in either order', () => {
    for (const transpose of [true, false]) {
      const text =
        inputText('x', [2, 4]) +
        layerText(
          'ip',
          'InnerProduct',
          'x',
          `inner_product_param { num_output: 3 bias_term: false transpose: ${transpose} }`,
        ) +
        layerText('scale', 'Scale', 'ip');
      expect(onData(text)).to.deep.equal(['matMul']);
      expect(shapesOf(folded(text))).to.include(
        transpose ? 'multiply 4x3' : 'multiply 3x4',
      );
    }
  });

  it('leaves a convolution alone that others read, or that has only a bias', () => {
    const read =
      image +
      convolution('c', 'x') +
      layerText('bn', 'BN', 'c') +
      layerText('r', 'ReLU', 'c');
    expect(onData(read).filter((name) => name === 'multiply')).to.have.length(
      2,
    );
    const biased = image + convolution('c', 'x') + layerText('b', 'Bias', 'c');
    expect(opNames(folded(biased))).to.deep.equal(opNames(lowered(biased)));
  });

  it('stops where something else stands between', () => {
    const text =
      image +
      convolution('c', 'x') +
      layerText('r', 'ReLU', 'c') +
      layerText('bn', 'BN', 'r');
    expect(opNames(folded(text))).to.deep.equal(opNames(lowered(text)));
  });
});
