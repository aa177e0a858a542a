import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const reshape = (dims: readonly number[], more = '', top = 'y') => ({
  type: 'Reshape',
  bottoms: [[2, 3, 4]],
  tops: [top],
  fields: `reshape_param { shape { ${dims.map((dim) => `dim: ${dim}`).join(' ')} } ${more} }`,
});

describe('Reshape layer', () => {
  it('copies sizes and infers one (C1)', () => {
    for (const [dims, top] of [
      [[6, 4], '6x4'],
      [[0, -1], '2x12'],
      [[0, 0, 2, 2], '2x3x2x2'],
      [[-1], '24'],
    ] as const) {
      expect(topsOf(reshape(dims))).to.deep.equal([top]);
    }
  });

  it('replaces the axes that it is told to (C2)', () => {
    for (const [dims, more, top] of [
      [[12], 'axis: 1', '2x12'],
      [[3, 1], 'axis: 1 num_axes: 1', '2x3x1x4'],
      [[1, 1], 'axis: -1', '2x3x4x1x1'],
      [[1], 'axis: 1 num_axes: 0', '2x1x3x4'],
      [[2, 2], 'axis: -2', '2x3x2x2'],
    ] as const) {
      expect(topsOf(reshape(dims, more)), more).to.deep.equal([top]);
    }
  });

  it('refuses what makes no sense', () => {
    for (const [dims, more, reason] of [
      [[5], '', '2x3x4 has 24 values, 5 has 5'],
      [[7, -1], '', '24 values cannot be shared among 7x-1'],
      [[-1, -1], '', 'only one dim can be -1'],
      [[-2, -12], '', 'dim -2 is no size'],
      [[2, 3, 4, 0], '', 'dim 0 at 3 copies an axis that is not there'],
      [[1], 'axis: 4', 'axis 4 does not exist in a blob of 3 axes'],
      [
        [1],
        'axis: 2 num_axes: 2',
        'num_axes 2 from axis 2 on goes past the 3 axes of its bottom',
      ],
    ] as const) {
      expect(refusalOf(reshape(dims, more))).to.equal(`refused: ${reason}`);
    }
    expect(refusalOf(reshape([0, -1], '', 'x0'))).to.equal(
      'refused: cannot work in place',
    );
  });
});
