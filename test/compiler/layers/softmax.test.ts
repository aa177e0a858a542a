import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

describe('Softmax layer', () => {
  it('keeps the shape', () => {
    expect(
      topsOf({
        type: 'Softmax',
        bottoms: [[2, 3, 4]],
        fields: 'softmax_param { axis: -1 }',
      }),
    ).to.deep.equal(['2x3x4']);
  });

  it('needs its axis', () => {
    expect(refusalOf({ type: 'Softmax', bottoms: [[4]] })).to.equal(
      'refused: axis 1 does not exist in a blob of 1 axes',
    );
  });
});
