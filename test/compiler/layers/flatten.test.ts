import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const flatten = (param: string, top = 'y') => ({
  type: 'Flatten',
  bottoms: [[2, 3, 4, 5]],
  tops: [top],
  fields: `flatten_param { ${param} }`,
});

describe('Flatten layer', () => {
  it('makes one axis of several', () => {
    for (const [param, top] of [
      ['', '2x60'],
      ['axis: 0', '120'],
      ['axis: 2', '2x3x20'],
      ['axis: 1 end_axis: 2', '2x12x5'],
      ['axis: -3 end_axis: -2', '2x12x5'],
      ['axis: 1 end_axis: 1', '2x3x4x5'],
    ] as const) {
      expect(topsOf(flatten(param)), param).to.deep.equal([top]);
    }
  });

  it('refuses axes in the wrong order, and to work in place', () => {
    expect(refusalOf(flatten('axis: 2 end_axis: 1'))).to.equal(
      'refused: end_axis 1 lies before axis 2',
    );
    expect(refusalOf(flatten('', 'x0'))).to.equal(
      'refused: cannot work in place',
    );
  });
});
