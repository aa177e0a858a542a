import { expect } from 'chai';

import { readOneLayer, refusalOf } from '../../support/one-layer.js';

describe('BatchNorm layer', () => {
  it('has a mean, a variance and their factor', () => {
    const { tops, parameters } = readOneLayer({
      type: 'BatchNorm',
      bottoms: [[2, 5, 3, 4]],
    });
    expect(tops).to.deep.equal(['2x5x3x4']);
    expect(parameters).to.deep.equal(['5', '5', '1']);
  });

  it('takes a bottom of one axis for one channel', () => {
    const { parameters } = readOneLayer({
      type: 'BatchNorm',
      bottoms: [[7]],
    });
    expect(parameters).to.deep.equal(['1', '1', '1']);
  });

  it('refuses to have its statistics learnt (C2)', () => {
    const layer = (fields: string) => ({
      type: 'BatchNorm',
      bottoms: [[2, 5]],
      fields,
    });
    expect(
      refusalOf(layer('param { lr_mult: 0 } param { lr_mult: 0 }')),
    ).to.equal('');
    expect(
      refusalOf(layer('param { lr_mult: 0 } param { lr_mult: 1 }')),
    ).to.equal('refused: its statistics cannot be learnt: lr_mult must be 0');
  });

  it("has a slope and a bias, too, with NVIDIA's scale_bias (C4)", () => {
    const layer = (fields: string) => ({
      type: 'BatchNorm',
      bottoms: [[2, 5, 3, 4]],
      fields,
    });
    const learnt = 'param { lr_mult: 0 } '.repeat(3) + 'param { lr_mult: 2 }';
    const { parameters } = readOneLayer(
      layer(`batch_norm_param { scale_bias: true } ${learnt}`),
      { dialect: 'nvidia' },
    );
    expect(parameters).to.deep.equal(['5', '5', '1', '5', '5']);
    const { diagnostics } = readOneLayer(
      layer('batch_norm_param { scale_filler { value: 2 } }'),
      { dialect: 'nvidia' },
    );
    expect(diagnostics).to.deep.equal([
      "refused: scale_filler without 'scale_bias: true' is not supported",
    ]);
  });
});
