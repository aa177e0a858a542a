import { expect } from 'chai';

import type { BlobFile } from '../../../compiler/layers/define-layer.js';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const loss = (bottoms: readonly (readonly number[])[], fields = '') => ({
  type: 'InfogainLoss',
  bottoms,
  fields,
});

const spatial = loss([
  [2, 3, 4],
  [2, 4],
  [3, 3],
]);

describe('InfogainLoss layer', () => {
  it("takes probabilities in the authors' Caffe (C1)", () => {
    expect(
      topsOf(loss([[4, 5], [4], [1, 1, 5, 5]]), { dialect: 'ran' }),
    ).to.deep.equal(['scalar']);
    expect(refusalOf(spatial, { dialect: 'ran' })).to.equal(
      'refused: bottom 1 must have one label for each of 2 items, not 2x4',
    );
  });

  it("refuses BVLC's axis in the authors' Caffe (C1)", () => {
    expect(
      refusalOf(
        loss([[4, 5], [4], [5, 5]], 'infogain_loss_param { axis: 1 }'),
        { dialect: 'ran' },
      ),
    ).to.include("axis is an option of BVLC's InfogainLoss");
  });

  it("has a softmax along an axis in BVLC's (C2)", () => {
    expect(topsOf(spatial, { dialect: 'bvlc' })).to.deep.equal(['scalar']);
    expect(
      topsOf({ ...spatial, tops: ['y', 'p'] }, { dialect: 'bvlc' }),
    ).to.deep.equal(['scalar', '2x3x4']);
    expect(
      refusalOf({ ...spatial, tops: ['y', 'p'] }, { dialect: 'ran' }),
    ).to.equal('refused: has one top in this dialect');
  });

  it('needs its matrix, as a third bottom or from a file (C4)', () => {
    const two = [[4, 5], [4]];
    const fromFile = loss(two, 'infogain_loss_param { source: "H" }');
    const reading = (file: BlobFile): string =>
      refusalOf(fromFile, { readBlob: () => file });
    expect(refusalOf(loss(two))).to.equal(
      'refused: needs the matrix H: a third bottom, or a source',
    );
    expect(refusalOf(fromFile)).to.equal(
      'refused: no files are read here; give its matrix as a third bottom',
    );
    expect(reading({ problem: 'cannot be opened' })).to.equal(
      "refused: the matrix 'H' cannot be opened",
    );
    expect(
      reading({ shape: [1, 1, 5, 4], data: new Float32Array(20) }),
    ).to.equal("refused: the matrix ('H') must be 5x5, not 1x1x5x4");
    expect(
      reading({ shape: [1, 1, 5, 5], data: new Float32Array(25) }),
    ).to.equal('');
    expect(refusalOf(loss([...two, [4, 4]]))).to.equal(
      'refused: the matrix (bottom 2) must be 5x5, not 4x4',
    );
  });
});
