import { expect } from 'chai';

import { readOneLayer, refusalOf } from '../../support/one-layer.js';

const centerLoss = (
  param: string,
  bottoms: readonly (readonly number[])[] = [[4, 3, 2], [4]],
  dialect: 'caffe-face' | 'happynear' = 'caffe-face',
) => ({
  type: 'CenterLoss',
  dialect,
  bottoms,
  fields: `center_loss_param { ${param} }`,
});

describe('CenterLoss layer', () => {
  it('has a center for each class', () => {
    const found = readOneLayer(centerLoss('num_output: 5'));
    expect(found.diagnostics).to.deep.equal([]);
    expect(found.tops).to.deep.equal(['scalar']);
    expect(found.parameters).to.deep.equal(['5x6']);
  });

  it('refuses what does not fit', () => {
    for (const [param, bottoms, reason] of [
      ['', undefined, 'num_output must be at least 1'],
      [
        'num_output: 5 axis: 2',
        undefined,
        'axis must be 1: an item of the 4 has a label, and one center',
      ],
      [
        'num_output: 5',
        [
          [4, 3],
          [4, 2],
        ],
        'bottom 1 must have one label for each of 4 items, not 4x2',
      ],
    ] as const) {
      expect(refusalOf(centerLoss(param, bottoms))).to.equal(
        `refused: ${reason}`,
      );
    }
    expect(
      refusalOf(
        centerLoss('num_output: 5 distance_type: "L1"', undefined, 'happynear'),
      ),
    ).to.equal('refused: the distance_type L1 is not supported');
  });
});
