import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const memoryData = (param: string) => ({
  type: 'MemoryData',
  bottoms: [],
  tops: ['data', 'label'],
  fields: `memory_data_param { ${param} }`,
});

describe('MemoryData layer', () => {
  it('has the sizes that are written (C1)', () => {
    expect(
      topsOf(memoryData('batch_size: 2 channels: 3 height: 4 width: 5')),
    ).to.deep.equal(['2x3x4x5', '2']);
    expect(
      refusalOf(memoryData('batch_size: 2 channels: 3 height: 4')),
    ).to.equal('refused: width must be at least 1');
  });
});
