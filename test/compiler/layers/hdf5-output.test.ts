import { expect } from 'chai';

import { readOneLayer } from '../../support/one-layer.js';

const output = (...bottoms: readonly (readonly number[])[]) => ({
  type: 'HDF5Output',
  bottoms,
  tops: [],
  fields: 'hdf5_output_param { file_name: "out.h5" }',
});

describe('HDF5Output layer', () => {
  it('reads its bottoms, and says that the graph writes nothing', () => {
    const found = readOneLayer(output([2, 3], [2]));
    expect(found.diagnostics).to.deep.equal([
      "data/not-written: what layer 'layer' writes to 'out.h5' is written by 'run' alone, not by the graph",
    ]);
  });

  it('refuses what has no legacy shape (C1), and a file without a name', () => {
    expect(
      readOneLayer(output([2, 3, 4, 5, 6], [2])).diagnostics,
    ).to.deep.equal(['refused: bottom 0 has more than 4 axes']);
    const nameless = { ...output([2, 3], [2]), fields: '' };
    expect(readOneLayer(nameless).diagnostics).to.deep.equal([
      'refused: needs a file_name',
    ]);
  });

  it('refuses labels of another number of items', () => {
    expect(readOneLayer(output([2, 3], [3])).diagnostics).to.deep.equal([
      'refused: bottom 1 has 3 items, bottom 0 has 2',
    ]);
  });
});
