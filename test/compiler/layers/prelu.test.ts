import { expect } from 'chai';

import { readOneLayer, refusalOf } from '../../support/one-layer.js';

describe('PReLU layer', () => {
  it('has a slope for each channel, or one', () => {
    const layer = { type: 'PReLU', bottoms: [[2, 3, 4]] };
    expect(readOneLayer(layer).parameters).to.deep.equal(['3']);
    expect(
      readOneLayer({ ...layer, fields: 'prelu_param { channel_shared: true }' })
        .parameters,
    ).to.deep.equal(['scalar']);
  });

  it('refuses a bottom without channels', () => {
    expect(refusalOf({ type: 'PReLU', bottoms: [[3]] })).to.equal(
      'refused: its bottom must have at least 2 axes, not 1',
    );
  });
});
