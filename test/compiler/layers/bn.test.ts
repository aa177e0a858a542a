import { expect } from 'chai';

import { readOneLayer, refusalOf, topsOf } from '../../support/one-layer.js';

describe('BN layer', () => {
  it('has four blobs of 1, C, 1, 1', () => {
    const found = readOneLayer({ type: 'BN', bottoms: [[2, 5, 3, 4]] });
    expect(found).to.deep.equal({
      tops: ['2x5x3x4'],
      parameters: ['1x5x1x1', '1x5x1x1', '1x5x1x1', '1x5x1x1'],
      macs: undefined,
      diagnostics: [],
    });
  });

  it('takes two to four axes', () => {
    expect(topsOf({ type: 'BN', bottoms: [[2, 5]] })).to.deep.equal(['2x5']);
    for (const bottom of [[3], [1, 2, 3, 4, 5]]) {
      expect(refusalOf({ type: 'BN', bottoms: [bottom] })).to.equal(
        `refused: its bottom must have 2 to 4 axes, not ${bottom.length}`,
      );
    }
  });

  it('is the same in TRAIN where it is frozen', () => {
    const layer = {
      type: 'BN',
      bottoms: [[2, 5, 3, 4]],
      fields: 'bn_param { frozen: true }',
    };
    expect(topsOf(layer, { phase: 'TRAIN' })).to.deep.equal(['2x5x3x4']);
  });
});
