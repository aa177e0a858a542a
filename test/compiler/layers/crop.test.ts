import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

describe('Crop layer', () => {
  const crop = (bottoms: readonly (readonly number[])[], param: string) => ({
    type: 'Crop',
    bottoms,
    fields: `crop_param { ${param} }`,
  });
  const shapes = [
    [2, 3, 6, 7],
    [1, 5, 4, 3],
  ];

  it('cuts from its axis on (C2)', () => {
    expect(topsOf(crop(shapes, ''))).to.deep.equal(['2x3x4x3']);
    expect(topsOf(crop(shapes, 'axis: 3'))).to.deep.equal(['2x3x6x3']);
    expect(topsOf(crop(shapes, 'axis: -1 offset: 4'))).to.deep.equal([
      '2x3x6x3',
    ]);
  });

  it('refuses what does not fit', () => {
    for (const [param, reason] of [
      ['offset: 3', 'offset 3 and size 4 go past the 6 of axis 2'],
      ['axis: 1', 'offset 0 and size 5 go past the 3 of axis 1'],
      [
        'axis: 1 offset: 0 offset: 1',
        'offset must be given once, or once for each of the 3 axes from 1 on; it is given 2 times',
      ],
      ['axis: 4', 'axis 4 does not exist in a blob of 4 axes'],
    ] as const) {
      expect(refusalOf(crop(shapes, param))).to.equal(`refused: ${reason}`);
    }
    const ranks = [
      [2, 3, 6, 7],
      [2, 3],
    ];
    expect(refusalOf(crop(ranks, ''))).to.equal(
      'refused: bottom 1 has 2 axes, bottom 0 has 4',
    );
  });
});
