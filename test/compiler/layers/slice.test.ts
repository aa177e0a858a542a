import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const slice = (param: string, tops: readonly string[]) => ({
  type: 'Slice',
  bottoms: [[2, 6, 4]],
  tops,
  fields: `slice_param { ${param} }`,
});

describe('Slice layer', () => {
  it('cuts evenly, or at its points', () => {
    expect(topsOf(slice('', ['a', 'b', 'c']))).to.deep.equal([
      '2x2x4',
      '2x2x4',
      '2x2x4',
    ]);
    expect(topsOf(slice('slice_point: 1', ['a', 'b']))).to.deep.equal([
      '2x1x4',
      '2x5x4',
    ]);
    expect(topsOf(slice('axis: -1', ['a', 'b']))).to.deep.equal([
      '2x6x2',
      '2x6x2',
    ]);
    expect(topsOf(slice('slice_dim: 0', ['a', 'b']))).to.deep.equal([
      '1x6x4',
      '1x6x4',
    ]);
    expect(topsOf(slice('', ['a']))).to.deep.equal(['2x6x4']);
  });

  it('refuses cuts that cannot be made', () => {
    for (const [param, tops, reason] of [
      ['', ['a', 'b', 'c', 'd'], '4 tops cannot share 6 evenly'],
      ['slice_point: 1', ['a', 'b', 'c'], '1 slice points for 3 tops'],
      [
        'slice_point: 3 slice_point: 2',
        ['a', 'b', 'c'],
        'the slice points 3, 2 must rise and stay below 6',
      ],
      [
        'slice_point: 6',
        ['a', 'b'],
        'the slice points 6 must rise and stay below 6',
      ],
      ['axis: 1 slice_dim: 1', ['a'], 'give axis or slice_dim, not both'],
    ] as const) {
      expect(refusalOf(slice(param, tops))).to.equal(`refused: ${reason}`);
    }
  });
});
