import { expect } from 'chai';

import { chooseLayout } from '../../../compiler/passes/choose-layout.js';

import {
  after,
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

const laidOut = (text: string) => after(lowered(text), chooseLayout);
const onData = (text: string): readonly string[] =>
  opNames(laidOut(text)).filter((name) => name !== 'readVariable');

describe('choose-layout', () => {
  it('transposes what comes in and goes out, and nothing between', () => {
    const text =
      image +
      convolution('c', 'x') +
      layerText('bn', 'BN', 'c') +
      layerText('r', 'ReLU', 'bn') +
      layerText('p', 'Pooling', 'r', 'pooling_param { kernel_size: 2 }');
    const images = shapesOf(laidOut(text)).filter((shape) =>
      shape.startsWith('transpose 2x'),
    );
    expect(images).to.deep.equal(['transpose 2x6x6x4', 'transpose 2x6x3x3']);
  });

  it('permutes the filter', () => {
    expect(shapesOf(laidOut(image + convolution('c', 'x')))).to.include(
      'transpose 3x3x4x6',
    );
  });

  it('follows the channels through Concat and Slice', () => {
    const text =
      image +
      convolution('a', 'x') +
      convolution('b', 'x') +
      layerText('cat', 'Concat', ['a', 'b']) +
      layerText('r', 'ReLU', 'cat');
    const shapes = shapesOf(laidOut(text));
    expect(shapes).to.include('concat 2x4x4x12');
    expect(
      shapes.filter((shape) => shape.startsWith('transpose 2')),
    ).to.have.length(2);
  });

  it('permutes the rows of a matrix instead of the image before it', () => {
    const text =
      image +
      convolution('c', 'x') +
      layerText('f', 'Flatten', 'c') +
      layerText(
        'ip',
        'InnerProduct',
        'f',
        'inner_product_param { num_output: 2 bias_term: false }',
      );
    expect(onData(text)).to.deep.equal([
      'transpose',
      'transpose',
      'conv2d',
      'reshape',
      'reshape',
      'transpose',
      'reshape',
      'matMul',
    ]);
  });

  it('restores the order where a reshape gives it a meaning', () => {
    const text =
      image +
      convolution('c', 'x') +
      layerText(
        'y',
        'Reshape',
        'c',
        'reshape_param { shape { dim: 0 dim: -1 dim: 2 } }',
      );
    expect(shapesOf(laidOut(text)).slice(-2)).to.deep.equal([
      'transpose 2x6x4x4',
      'reshape 2x48x2',
    ]);
  });

  it('leaves out a transposition to the order that is there', () => {
    const text =
      image +
      inputText('label', [2, 4, 4]) +
      convolution('c', 'x') +
      layerText('l', 'SoftmaxWithLoss', ['c', 'label']);
    const images = shapesOf(laidOut(text)).filter((shape) =>
      shape.startsWith('transpose 2'),
    );
    expect(images).to.deep.equal(['transpose 2x6x6x4']);
  });

  it('reshapes where no element moves', () => {
    const text =
      inputText('x', [2, 1, 6, 6]) +
      layerText('p', 'Pooling', 'x', 'pooling_param { kernel_size: 6 }');
    expect(onData(text)).not.to.include('transpose');
  });

  it('touches nothing that is no image', () => {
    const text = inputText('x', [2, 3]) + layerText('r', 'ReLU', 'x');
    expect(onData(text)).to.deep.equal(['relu']);
  });
});
