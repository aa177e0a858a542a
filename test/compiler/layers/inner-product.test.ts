import { expect } from 'chai';

import { readOneLayer, refusalOf } from '../../support/one-layer.js';

const innerProduct = (bottom: readonly number[], param: string) => ({
  type: 'InnerProduct',
  bottoms: [bottom],
  fields: `inner_product_param { ${param} }`,
});

describe('InnerProduct layer', () => {
  it('flattens the axes from `axis` on', () => {
    for (const [param, tops, parameters, macs] of [
      ['num_output: 6', '2x6', ['6x60', '6'], 720],
      ['num_output: 6 axis: 2', '2x3x6', ['6x20', '6'], 720],
      ['num_output: 6 axis: -1', '2x3x4x6', ['6x5', '6'], 720],
      ['num_output: 6 transpose: true', '2x6', ['60x6', '6'], 720],
      ['num_output: 6 bias_term: false', '2x6', ['6x60'], 720],
      ['num_output: 6 axis: 0', '6', ['6x120', '6'], 720],
    ] as const) {
      const found = readOneLayer(innerProduct([2, 3, 4, 5], param));
      expect(found, param).to.deep.equal({
        tops: [tops],
        parameters,
        macs,
        diagnostics: [],
      });
    }
  });

  it('refuses what makes no sense', () => {
    expect(refusalOf(innerProduct([2, 3], ''))).to.equal(
      'refused: num_output must be at least 1',
    );
    expect(refusalOf(innerProduct([2, 3], 'num_output: 1 axis: 2'))).to.equal(
      'refused: axis 2 does not exist in a blob of 2 axes',
    );
  });
});
