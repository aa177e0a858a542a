import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const loss = (bottoms: readonly (readonly number[])[], fields = '') => ({
  type: 'SoftmaxWithLoss',
  bottoms,
  fields,
});

describe('SoftmaxWithLoss layer', () => {
  it('gives one number, and the probabilities as a second top', () => {
    expect(topsOf(loss([[4, 5], [4]]))).to.deep.equal(['scalar']);
    expect(topsOf({ ...loss([[4, 5], [4]]), tops: ['y', 'p'] })).to.deep.equal([
      'scalar',
      '4x5',
    ]);
  });

  it('takes a label for each place of the other axes, in any shape', () => {
    expect(
      topsOf(
        loss(
          [
            [2, 3, 4, 5],
            [2, 3, 1, 5],
          ],
          'softmax_param { axis: 2 }',
        ),
      ),
    ).to.deep.equal(['scalar']);
    expect(refusalOf(loss([[2, 3, 4, 5], [2]]))).to.equal(
      'refused: 2 labels (2) for 40 predictions (2x3x4x5, classes on axis 1)',
    );
    expect(refusalOf(loss([[4, 3], [3]]))).to.equal(
      'refused: bottom 1 has 3 items, bottom 0 has 4',
    );
  });

  it('needs its axis, and a normalization that exists', () => {
    expect(
      refusalOf(loss([[4, 3], [4]], 'softmax_param { axis: 2 }')),
    ).to.equal('refused: axis 2 does not exist in a blob of 2 axes');
    expect(
      refusalOf(loss([[4, 3], [4]], 'loss_param { normalization: BATCH }')),
    ).to.include('normalization');
  });

  it("needs a weight for each class where SegNet's are wanted (C5)", () => {
    const weighted = (fields: string) => ({
      type: 'SoftmaxWithLoss',
      dialect: 'segnet' as const,
      bottoms: [
        [2, 3, 4],
        [2, 4],
      ],
      fields: `loss_param { ${fields} }`,
    });
    const weights = 'class_weighting: 1 class_weighting: 2';
    expect(
      topsOf(
        weighted(`weight_by_label_freqs: true ${weights} class_weighting: 3`),
      ),
    ).to.deep.equal(['scalar']);
    expect(
      refusalOf(weighted(`weight_by_label_freqs: true ${weights}`)),
    ).to.equal(
      'refused: class_weighting must have a weight for each of the 3 classes, not 2',
    );
  });
});
