import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const tile = (param: string) => ({
  type: 'Tile',
  bottoms: [[2, 3, 4]],
  fields: `tile_param { ${param} }`,
});

describe('Tile layer', () => {
  it('repeats along its axis', () => {
    expect(topsOf(tile('tiles: 2'))).to.deep.equal(['2x6x4']);
    expect(topsOf(tile('tiles: 2 axis: -1'))).to.deep.equal(['2x3x8']);
  });

  it('needs to know how often', () => {
    expect(refusalOf(tile('axis: 1'))).to.equal(
      'refused: tiles must be given, and at least 1',
    );
    expect(refusalOf(tile('tiles: 0'))).to.equal(
      'refused: tiles must be given, and at least 1',
    );
  });
});
