import { expect } from 'chai';

import { eliminateDeadOps } from '../../../compiler/passes/eliminate-dead-ops.js';
import { mergeAffine } from '../../../compiler/passes/merge-affine.js';

import {
  after,
  inputText,
  layerText,
  lowered,
  opNames,
  shapesOf,
} from '../../support/lowered.js';

const image = inputText('x', [2, 4, 6, 6]);
const merged = (text: string) =>
  after(after(lowered(text), mergeAffine), eliminateDeadOps<'logical'>());
const onImages = (text: string): readonly string[] =>
  shapesOf(merged(text)).filter((shape) => shape.endsWith('2x4x6x6'));

describe('merge-affine', () => {
  it('makes one multiplication and one addition of a row', () => {
    const text =
      image +
      layerText('bn', 'BN', 'x') +
      layerText('scale', 'Scale', 'bn', 'scale_param { bias_term: true }');
    expect(onImages(text)).to.deep.equal(['multiply 2x4x6x6', 'add 2x4x6x6']);
  });

  it('leaves out what is not there', () => {
    const text =
      image + layerText('a', 'Scale', 'x') + layerText('b', 'Scale', 'a');
    expect(onImages(text)).to.deep.equal(['multiply 2x4x6x6']);
  });

  it('takes factors for channels only', () => {
    const text =
      image +
      layerText('a', 'Scale', 'x', 'scale_param { axis: 2 }') +
      layerText('b', 'Scale', 'a', 'scale_param { axis: 2 }');
    expect(opNames(merged(text))).to.deep.equal(opNames(lowered(text)));
  });

  it('keeps a value that others read', () => {
    const text =
      image +
      layerText('a', 'Scale', 'x') +
      layerText('b', 'Scale', 'a') +
      layerText('c', 'ReLU', 'a');
    expect(onImages(text)).to.deep.equal([
      'multiply 2x4x6x6',
      'multiply 2x4x6x6',
      'relu 2x4x6x6',
    ]);
  });
});
