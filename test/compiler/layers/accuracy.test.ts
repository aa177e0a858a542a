import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const accuracy = (bottoms: readonly (readonly number[])[], param = '') => ({
  type: 'Accuracy',
  bottoms,
  fields: `accuracy_param { ${param} }`,
});

describe('Accuracy layer', () => {
  it('gives one share, and one for each class', () => {
    expect(topsOf(accuracy([[8, 4], [8]]))).to.deep.equal(['scalar']);
    expect(
      topsOf({ ...accuracy([[8, 4], [8]]), tops: ['y', 'c'] }),
    ).to.deep.equal(['scalar', '4']);
  });

  it('takes a label for each place of the other axes', () => {
    expect(
      topsOf(
        accuracy(
          [
            [2, 3, 4],
            [2, 3],
          ],
          'axis: 2',
        ),
      ),
    ).to.deep.equal(['scalar']);
    expect(refusalOf(accuracy([[2, 3, 4], [2]]))).to.equal(
      'refused: 2 labels (2) for 8 predictions (2x3x4, classes on axis 1)',
    );
  });

  it('cannot have more best scores than classes', () => {
    expect(refusalOf(accuracy([[8, 4], [8]], 'top_k: 5'))).to.equal(
      'refused: top_k is 5, and there are 4 classes',
    );
  });
});
