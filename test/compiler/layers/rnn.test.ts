import { expect } from 'chai';

import { readOneLayer, topsOf } from '../../support/one-layer.js';

describe('RNN layer', () => {
  const rnn = {
    type: 'RNN',
    bottoms: [
      [4, 2, 5],
      [4, 2],
      [2, 7],
    ],
    fields: 'recurrent_param { num_output: 3 }',
  };

  it('gives time, stream, output', () => {
    expect(topsOf(rnn)).to.deep.equal(['4x2x3']);
  });

  it('has its blobs in the order of files', () => {
    expect(readOneLayer(rnn).parameters).to.deep.equal([
      '3x5',
      '3',
      '3x7',
      '3x3',
      '3x3',
      '3',
    ]);
  });
});
