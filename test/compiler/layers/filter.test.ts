import { expect } from 'chai';

import { readNet } from '../../../compiler/read-net.js';

import { inputText, layerText } from '../../support/lowered.js';
import { refusalOf, topsOf } from '../../support/one-layer.js';

const filter = (...bottoms: readonly (readonly number[])[]) => ({
  type: 'Filter',
  bottoms,
});

/** What is said of a layer behind a Filter. */
const behind = (layer: string): readonly string[] =>
  readNet({
    name: 'net.prototxt',
    text:
      inputText('x', [4, 3, 2, 2]) +
      inputText('s', [4]) +
      layerText('f', 'Filter', ['x', 's']) +
      layer,
  }).diagnostics.map(({ message }) => message);

describe('Filter layer', () => {
  it('has a first axis of which only the data tell the size', () => {
    expect(topsOf(filter([4, 3, 2], [4]))).to.deep.equal(['?x3x2']);
    expect(
      topsOf({ ...filter([4, 3], [4, 2, 2], [4, 1]), tops: ['y', 'z'] }),
    ).to.deep.equal(['?x3', '?x2x2']);
  });

  it('needs a selector for each item, and a top for each bottom (C1)', () => {
    expect(refusalOf(filter([3, 2], [4]))).to.equal(
      'refused: bottom 0 has 3 items, the selector has 4',
    );
    expect(refusalOf(filter([4, 2], [4, 2]))).to.equal(
      'refused: the selector (bottom 1) must have one number for each item, not 4x2',
    );
    expect(refusalOf(filter([4, 2], [4, 2], [4]))).to.equal(
      'refused: 1 tops for 2 bottoms before the selector; give one for each',
    );
  });

  it('is read by layers that know of it, and by no others', () => {
    expect(
      behind(
        layerText('r', 'ReLU', 'f') +
          layerText(
            'ip',
            'InnerProduct',
            'r',
            'inner_product_param { num_output: 5 }',
          ),
      ),
    ).to.deep.equal([]);
    expect(behind(layerText('n', 'LRN', 'f'))).to.deep.equal([
      "LRN layer 'n': only the data tell how many items bottom 0 has, and LRN layers do not take such bottoms yet",
    ]);
  });
});
