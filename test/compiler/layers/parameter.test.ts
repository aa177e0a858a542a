import { expect } from 'chai';

import { readOneLayer, refusalOf } from '../../support/one-layer.js';

describe('Parameter layer', () => {
  it('has the shape that is written', () => {
    const found = readOneLayer({
      type: 'Parameter',
      bottoms: [],
      fields: 'parameter_param { shape { dim: 2 dim: 3 } }',
    });
    expect(found.tops).to.deep.equal(['2x3']);
    expect(found.parameters).to.deep.equal(['2x3']);
  });

  it('needs a shape', () => {
    expect(refusalOf({ type: 'Parameter', bottoms: [] })).to.equal(
      'refused: needs a shape',
    );
  });
});
