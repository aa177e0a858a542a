import { expect } from 'chai';

import { readOneLayer, refusalOf } from '../../support/one-layer.js';

const scale = (bottoms: readonly (readonly number[])[], param = '') => ({
  type: 'Scale',
  bottoms,
  fields: `scale_param { ${param} }`,
});

describe('Scale layer', () => {
  it('has factors of the axes that it covers, and a bias of their shape', () => {
    for (const [param, parameters] of [
      ['', ['3']],
      ['bias_term: true', ['3', '3']],
      ['axis: 1 num_axes: 2', ['3x4']],
      ['axis: 0 num_axes: -1', ['2x3x4x5']],
      ['axis: -1', ['5']],
      ['num_axes: 0', ['scalar']],
    ] as const) {
      const found = readOneLayer(scale([[2, 3, 4, 5]], param));
      expect(found.tops).to.deep.equal(['2x3x4x5']);
      expect(found.parameters, param).to.deep.equal(parameters);
    }
  });

  it('takes its factors from a second bottom', () => {
    const found = readOneLayer(
      scale(
        [
          [2, 3, 4, 5],
          [3, 4],
        ],
        'bias_term: true',
      ),
    );
    expect(found.diagnostics).to.deep.equal([]);
    expect(found.parameters).to.deep.equal(['3x4']);
  });

  it('refuses factors that do not fit', () => {
    expect(refusalOf(scale([[2, 3, 4], [4]]))).to.equal(
      'refused: bottom 1 (4) does not fit bottom 0 (2x3x4) from axis 1 on',
    );
    expect(refusalOf(scale([[2, 3, 4]], 'axis: 1 num_axes: 3'))).to.equal(
      'refused: num_axes 3 from axis 1 on goes past the 3 axes of its bottom',
    );
    expect(refusalOf(scale([[2, 3, 4]], 'axis: 3'))).to.equal(
      'refused: axis 3 does not exist in a blob of 3 axes',
    );
  });
});
