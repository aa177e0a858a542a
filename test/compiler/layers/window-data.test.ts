import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const windowData = (transform: string) => ({
  type: 'WindowData',
  bottoms: [],
  tops: ['data', 'label'],
  fields: `transform_param { ${transform} } window_data_param { source: "windows.txt" batch_size: 8 }`,
});

describe('WindowData layer', () => {
  it('has the size of the crop (C1)', () => {
    expect(topsOf(windowData('crop_size: 16'))).to.deep.equal([
      '8x3x16x16',
      '8',
    ]);
    expect(refusalOf(windowData(''))).to.equal(
      'refused: transform_param needs a crop_size',
    );
  });
});
