import { expect } from 'chai';

import { readOneLayer, refusalOf } from '../../support/one-layer.js';

const embed = (param: string) => ({
  type: 'Embed',
  bottoms: [[3, 2]],
  fields: `embed_param { ${param} }`,
});

describe('Embed layer', () => {
  it('gives each index a row of the matrix', () => {
    const found = readOneLayer(embed('input_dim: 5 num_output: 4'));
    expect(found.tops).to.deep.equal(['3x2x4']);
    expect(found.parameters).to.deep.equal(['5x4', '4']);
    expect(
      readOneLayer(embed('input_dim: 5 num_output: 4 bias_term: false'))
        .parameters,
    ).to.deep.equal(['5x4']);
  });

  it('needs both sizes', () => {
    expect(refusalOf(embed('num_output: 4'))).to.equal(
      'refused: input_dim must be at least 1',
    );
    expect(refusalOf(embed('input_dim: 4'))).to.equal(
      'refused: num_output must be at least 1',
    );
  });
});
