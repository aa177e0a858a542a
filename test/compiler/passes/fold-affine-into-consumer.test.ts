import { expect } from 'chai';

import { eliminateDeadOps } from '../../../compiler/passes/eliminate-dead-ops.js';
import { foldAffineIntoConsumer } from '../../../compiler/passes/fold-affine-into-consumer.js';

import {
  after,
  inputText,
  layerText,
  lowered,
  opNames,
} from '../../support/lowered.js';

const convolution = (name: string, bottom: string, more = '') =>
  layerText(
    name,
    'Convolution',
    bottom,
    `convolution_param { num_output: 6 kernel_size: 3 bias_term: false ${more} }`,
  );
const image = inputText('x', [2, 4, 6, 6]);

const folded = (text: string) =>
  after(
    after(lowered(text), foldAffineIntoConsumer),
    eliminateDeadOps<'logical'>(),
  );
const onData = (text: string): readonly string[] => {
  const names = opNames(folded(text));
  return names.slice(names.indexOf('conv2d'));
};
const scaled = layerText('s', 'Scale', 'x');
const normalised = layerText('s', 'BN', 'x');

describe('fold-affine-into-consumer', () => {
  it('gives a convolution the scale and the shift before it', () => {
    for (const groups of [1, 2]) {
      const text =
        image + normalised + convolution('c', 's', `group: ${groups}`);
      const names = onData(text);
      expect(names[0]).to.equal('conv2d');
      expect(names.at(-1)).to.equal('add');
      expect(
        opNames(folded(text)).filter((name) => name === 'subtract'),
      ).to.deep.equal([]);
    }
  });

  it('moves a scale past padding, but no shift', () => {
    expect(
      onData(image + scaled + convolution('c', 's', 'pad: 1')),
    ).to.deep.equal(['conv2d']);
    const shifted = image + normalised + convolution('c', 's', 'pad: 1');
    expect(opNames(folded(shifted))).to.deep.equal(opNames(lowered(shifted)));
  });

  it('leaves alone what others read too', () => {
    const text =
      image + scaled + convolution('c', 's') + layerText('r', 'ReLU', 's');
    expect(opNames(folded(text))).to.deep.equal(opNames(lowered(text)));
  });
});
