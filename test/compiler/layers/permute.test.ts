import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const layer = (type: string, fields: string) => ({
  type,
  dialect: type === 'Permute' ? ('ssd' as const) : ('ctpn' as const),
  bottoms: [[2, 3, 4, 5]],
  fields,
});

describe('Permute layer', () => {
  const permute = (...order: readonly number[]) =>
    layer('Permute', `permute_param { order: [${order.join()}] }`);

  it('reorders axes; what is not named follows (C1)', () => {
    expect(topsOf(permute(0, 2, 3, 1))).to.deep.equal(['2x4x5x3']);
    expect(topsOf(permute(3))).to.deep.equal(['5x2x3x4']);
    expect(topsOf(layer('Permute', ''))).to.deep.equal(['2x3x4x5']);
  });

  it('refuses axes that do not exist or come twice', () => {
    expect(refusalOf(permute(0, 4))).to.equal(
      'refused: axis 4 does not exist in a blob of 4 axes',
    );
    expect(refusalOf(permute(0, 1, 0))).to.equal(
      'refused: axis 0 is named twice',
    );
  });
});

describe('Transpose layer', () => {
  const transpose = (...dim: readonly number[]) =>
    layer('Transpose', `transpose_param { dim: [${dim.join()}] }`);

  it('reorders all axes (C1)', () => {
    expect(topsOf(transpose(3, 2, 0, 1))).to.deep.equal(['5x4x2x3']);
    expect(refusalOf(transpose(1, 0))).to.equal(
      'refused: dim must name each of the 4 axes of the bottom, not 2',
    );
    expect(refusalOf(transpose(3, 2, -1, 1))).to.equal(
      'refused: axis -1 does not exist in a blob of 4 axes',
    );
  });
});
