import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const interp = (
  param: string,
  bottoms: readonly (readonly number[])[] = [[1, 2, 7, 9]],
) => ({ type: 'Interp', bottoms, fields: `interp_param { ${param} }` });

describe('Interp layer', () => {
  it('takes its size from a field or a second bottom (C1)', () => {
    for (const [param, top] of [
      ['zoom_factor: 2', '1x2x13x17'],
      ['shrink_factor: 2', '1x2x4x5'],
      ['height: 3 width: 20', '1x2x3x20'],
    ] as const) {
      expect(topsOf(interp(param)), param).to.deep.equal([top]);
    }
    expect(
      topsOf(
        interp('', [
          [1, 2, 7, 9],
          [5, 5, 14, 3],
        ]),
      ),
    ).to.deep.equal(['1x2x14x3']);
  });

  it('crops before it resizes (C2)', () => {
    expect(
      topsOf(interp('zoom_factor: 2 pad_beg: -1 pad_end: -2')),
    ).to.deep.equal(['1x2x7x11']);
    expect(refusalOf(interp('zoom_factor: 2 pad_beg: 1'))).to.equal(
      'refused: pad_beg must not be positive: it crops',
    );
    expect(refusalOf(interp('zoom_factor: 2 pad_beg: -7'))).to.equal(
      'refused: pad_beg and pad_end leave nothing',
    );
  });

  it('refuses to guess a size', () => {
    const ways =
      'give exactly one of zoom_factor, shrink_factor, height and width, or a second bottom';
    expect(refusalOf(interp('height: 3'))).to.equal(
      `refused: ${ways} (there are 0)`,
    );
    expect(refusalOf(interp('zoom_factor: 2 shrink_factor: 2'))).to.equal(
      `refused: ${ways} (there are 2)`,
    );
    expect(refusalOf(interp('zoom_factor: 0'))).to.equal(
      'refused: the factor must be at least 1, not 0',
    );
  });

  it('gives a bottom of fewer axes four', () => {
    expect(topsOf(interp('height: 2 width: 3', [[4, 5]]))).to.deep.equal([
      '4x5x2x3',
    ]);
  });
});
