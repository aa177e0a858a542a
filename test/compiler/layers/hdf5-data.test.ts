import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const layer = {
  type: 'HDF5Data',
  bottoms: [],
  tops: ['data', 'label'],
  fields: 'hdf5_data_param { source: "list.txt" batch_size: 10 }',
};

describe('HDF5Data layer', () => {
  it('needs the shape of every top (C1)', () => {
    const data = new Map<string, readonly number[]>([['data', [10, 4]]]);
    const both = new Map([...data, ['label', [10]]]);
    expect(topsOf(layer, { inputShapes: both })).to.deep.equal(['10x4', '10']);
    expect(refusalOf(layer, { inputShapes: data })).to.equal(
      "data/shape-unknown: the shape of 'label' stands in 'list.txt' alone, which was not read; give it by --input-shape label=10,...",
    );
  });
});
