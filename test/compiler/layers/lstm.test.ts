import { expect } from 'chai';

import { readOneLayer, refusalOf, topsOf } from '../../support/one-layer.js';

describe('LSTM layer', () => {
  const lstm = (
    bottoms: readonly (readonly number[])[],
    param = '',
    tops: readonly string[] = ['h'],
  ) => ({
    type: 'LSTM',
    bottoms,
    tops,
    fields: `recurrent_param { num_output: 3 ${param} }`,
  });

  it('gives time, stream, output; the last states where they are exposed', () => {
    expect(
      topsOf(
        lstm([
          [4, 2, 5],
          [4, 2],
        ]),
      ),
    ).to.deep.equal(['4x2x3']);
    const exposed = lstm(
      [
        [4, 2, 5],
        [4, 2],
        [1, 2, 3],
        [1, 2, 3],
      ],
      'expose_hidden: true',
      ['h', 'hT', 'cT'],
    );
    expect(topsOf(exposed)).to.deep.equal(['4x2x3', '1x2x3', '1x2x3']);
  });

  it('has its blobs in the order of files', () => {
    const withStatic = lstm([
      [4, 2, 5, 2],
      [4, 2],
      [2, 7],
    ]);
    expect(readOneLayer(withStatic).parameters).to.deep.equal([
      '12x10',
      '12',
      '12x7',
      '12x3',
    ]);
  });

  it('refuses bottoms and tops that do not fit', () => {
    for (const [layer, reason] of [
      [
        lstm([
          [4, 2, 5],
          [4, 3],
        ]),
        'bottom 1 (the marks of what goes on) must be 4x2, not 4x3',
      ],
      [
        lstm([
          [4, 2, 5],
          [4, 2],
          [3, 7],
        ]),
        'bottom 2 (the static input) must have 2 streams first, not 3x7',
      ],
      [
        lstm(
          [
            [4, 2, 5],
            [4, 2],
          ],
          'expose_hidden: true',
          ['h', 'hT', 'cT'],
        ),
        'it takes 4 bottoms, or 5 with a static input (expose_hidden); it has 2',
      ],
      [
        lstm(
          [
            [4, 2, 5],
            [4, 2],
            [1, 2, 3],
            [1, 2, 4],
          ],
          'expose_hidden: true',
          ['h', 'hT', 'cT'],
        ),
        'bottom 3 (the first c) must be 1x2x3, not 1x2x4',
      ],
      [
        lstm(
          [
            [4, 2, 5],
            [4, 2],
          ],
          '',
          ['h', 'hT'],
        ),
        'it gives one top; it has 2',
      ],
    ] as const) {
      expect(refusalOf(layer)).to.equal(`refused: ${reason}`);
    }
  });
});
