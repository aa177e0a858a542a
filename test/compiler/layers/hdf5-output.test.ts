import { expect } from 'chai';

import { readOneLayer } from '../../support/one-layer.js';

const output = (...bottoms: readonly (readonly number[])[]) => ({
  type: 'HDF5Output',
  bottoms,
  tops: [],
  fields: 'hdf5_output_param { file_name: "out.h5" }',
});

describe('HDF5Output layer', () => {
  it('reads its bottoms, and says that nothing is written', () => {
    const found = readOneLayer(output([2, 3], [2]));
    expect(found.diagnostics).to.deep.equal([
      "data/not-written: what layer 'layer' writes to 'out.h5' in Caffe is not written",
    ]);
  });

  it('refuses labels of another number of items', () => {
    expect(readOneLayer(output([2, 3], [3])).diagnostics).to.deep.equal([
      'refused: bottom 1 has 3 items, bottom 0 has 2',
    ]);
  });
});
