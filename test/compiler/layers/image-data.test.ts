import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const imageData = (param: string, transform = '') => ({
  type: 'ImageData',
  bottoms: [],
  tops: ['data', 'label'],
  fields: `transform_param { ${transform} } image_data_param { source: "list.txt" batch_size: 2 ${param} }`,
});

describe('ImageData layer', () => {
  it('has the size of the crop, else of the new image (C1)', () => {
    const size = 'new_height: 20 new_width: 30';
    expect(topsOf(imageData(size))).to.deep.equal(['2x3x20x30', '2']);
    expect(topsOf(imageData(size, 'crop_size: 16'))).to.deep.equal([
      '2x3x16x16',
      '2',
    ]);
    expect(topsOf(imageData(`${size} is_color: false`))).to.deep.equal([
      '2x1x20x30',
      '2',
    ]);
  });

  it('refuses half a size, and none', () => {
    expect(refusalOf(imageData('new_height: 20'))).to.equal(
      'refused: give new_height and new_width, or neither',
    );
    expect(refusalOf(imageData(''))).to.include('--input-shape data=2,3,H,W');
  });
});
