import { expect } from 'chai';

import { readOneLayer, refusalOf } from '../../support/one-layer.js';

describe('Bias layer', () => {
  it('has summands of the axes that it covers', () => {
    const found = readOneLayer({
      type: 'Bias',
      bottoms: [[2, 3, 4]],
      fields: 'bias_param { axis: 0 num_axes: 2 }',
    });
    expect(found.tops).to.deep.equal(['2x3x4']);
    expect(found.parameters).to.deep.equal(['2x3']);
  });

  it('takes them from a second bottom, which may be one number', () => {
    for (const second of [[3], [3, 4], []]) {
      const found = readOneLayer({
        type: 'Bias',
        bottoms: [[2, 3, 4], second],
      });
      expect(found).to.deep.include({ parameters: [], diagnostics: [] });
    }
  });

  it('refuses a second bottom that does not fit', () => {
    expect(refusalOf({ type: 'Bias', bottoms: [[2, 3, 4], [2]] })).to.equal(
      'refused: bottom 1 (2) does not fit bottom 0 (2x3x4) from axis 1 on',
    );
  });
});
