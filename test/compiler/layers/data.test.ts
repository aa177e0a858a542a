import { expect } from 'chai';

import { readOneLayer, refusalOf, topsOf } from '../../support/one-layer.js';

const data = (transform: string, batch = 4) => ({
  type: 'Data',
  bottoms: [],
  tops: ['data', 'label'],
  fields: `transform_param { ${transform} } data_param { source: "db" batch_size: ${batch} }`,
});

const means = 'mean_value: 1 mean_value: 2 mean_value: 3';

describe('Data layer', () => {
  it('takes its size from the crop (C1)', () => {
    expect(topsOf(data(`crop_size: 24 ${means}`))).to.deep.equal([
      '4x3x24x24',
      '4',
    ]);
    expect(refusalOf(data(means))).to.equal(
      "data/shape-unknown: the shape of 'data' stands in 'db' alone, which was not read; give it by --input-shape data=4,3,H,W",
    );
    expect(refusalOf(data('crop_size: 24', 0))).to.equal(
      'refused: batch_size must be at least 1',
    );
  });

  it('takes three channels with a warning where nothing tells (C2)', () => {
    expect(topsOf(data('crop_size: 8 force_gray: true'))).to.deep.equal([
      '4x1x8x8',
      '4',
    ]);
    const found = readOneLayer(data('crop_size: 8'));
    expect(found.tops).to.deep.equal(['4x3x8x8', '4']);
    expect(found.diagnostics).to.deep.equal([
      "data/source-missing: layer 'layer' takes its shape from 'db', which was not read; 3 channels are taken (--input-shape says otherwise)",
    ]);
  });

  it('takes the shape that is given instead', () => {
    const inputShapes = new Map([['data', [2, 1, 28, 28]]]);
    expect(topsOf(data(''), { inputShapes })).to.deep.equal(['2x1x28x28', '2']);
  });
});
