import { expect } from 'chai';

import { pad } from '../../../compiler/ops/axis-ops.js';
import { conv2d } from '../../../compiler/ops/convolution.js';
import { maxPool } from '../../../compiler/ops/pooling.js';
import { chooseLayout } from '../../../compiler/passes/choose-layout.js';
import { legalizePadding } from '../../../compiler/passes/legalize-padding.js';

import {
  after,
  attributesOf,
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

const legal = (text: string) =>
  after(after(lowered(text), chooseLayout), legalizePadding);

describe('legalize-padding', () => {
  it('leaves what SAME and VALID say', () => {
    for (const more of ['', 'pad: 1', 'dilation: 2 pad: 2']) {
      const graph = legal(image + convolution('c', 'x', more));
      expect(opNames(graph), more).not.to.include('pad');
    }
  });

  it('pads with zeros before a convolution', () => {
    const graph = legal(image + convolution('c', 'x', 'pad: 1 stride: 2'));
    expect(attributesOf(graph, pad)).to.deep.equal([
      {
        paddings: [
          [0, 0],
          [1, 0],
          [1, 0],
          [0, 0],
        ],
        value: 0,
      },
    ]);
    expect(attributesOf(graph, conv2d)[0]?.margins).to.deep.equal([
      [0, 0],
      [0, 0],
    ]);
  });

  it('pads with the lowest float before MAX', () => {
    const graph = legal(
      image +
        layerText(
          'p',
          'Pooling',
          'x',
          'pooling_param { kernel_size: 3 stride: 2 pad: 1 }',
        ),
    );
    expect(attributesOf(graph, pad)[0]?.value).to.equal(-3.4028234663852886e38);
    expect(attributesOf(graph, maxPool)[0]?.margins.flat()).to.deep.equal([
      0, 0, 0, 0,
    ]);
  });
});
