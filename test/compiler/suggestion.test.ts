import { expect } from 'chai';

import { didYouMean, nearest } from '../../compiler/suggestion.js';

describe('the name that was probably meant', () => {
  for (const [word, candidates, expected] of [
    ['nmae', ['name', 'net'], 'name'],
    ['num_outputs', ['num_output', 'num'], 'num_output'],
    ['gpu', ['CPU', 'GPU'], 'GPU'],
    ['typ', ['top', 'type'], 'type'],
    ['conv', ['relu', 'pool'], undefined],
    ['ave_pool_gather', ['cls', 'ave_pool', 'ave'], 'ave_pool'],
    ['conv1', ['conv1/bn', 'data'], 'conv1/bn'],
    ['x', [], undefined],
    ['', ['name'], undefined],
  ] as const) {
    it(`of '${word}' is ${expected ?? 'none'}`, () => {
      expect(nearest(word, candidates)).to.equal(expected);
    });
  }

  it('makes a note', () => {
    expect(didYouMean('nmae', ['name'])).to.deep.equal([
      { message: "did you mean 'name'?" },
    ]);
    expect(didYouMean('nmae', ['top'])).to.deep.equal([]);
  });
});
