import { expect } from 'chai';

import { readNet } from '../../../compiler/read-net.js';

import {
  oneLayerText,
  readOneLayer,
  refusalOf,
} from '../../support/one-layer.js';

const normalize = (param: string) => ({
  type: 'Normalize',
  dialect: 'ssd' as const,
  bottoms: [[2, 3, 4, 5]],
  fields: `norm_param { ${param} }`,
});

describe('Normalize layer', () => {
  it('has one factor, or one for each channel', () => {
    expect(readOneLayer(normalize('')).parameters).to.deep.equal(['scalar']);
    const each = readOneLayer(normalize('channel_shared: false'));
    expect(each.tops).to.deep.equal(['2x3x4x5']);
    expect(each.parameters).to.deep.equal(['3']);
  });

  it('learns its factors unless they are fixed (C2)', () => {
    const multiplier = (param: string, dialect: 'ssd' | 'parsenet') =>
      readNet(
        { name: 'net.prototxt', text: oneLayerText(normalize(param)) },
        { dialect },
      ).net?.layers.at(-1)?.parameters[0]?.lrMult;
    expect(multiplier('', 'ssd')).to.equal(1);
    expect(multiplier('', 'parsenet')).to.equal(0);
    expect(multiplier('fix_scale: false', 'parsenet')).to.equal(1);
  });

  it("refuses happynear's layer of the same name", () => {
    expect(
      refusalOf(normalize('normalize_type: "L1"'), { dialect: 'happynear' }),
    ).to.include("happynear's layer of this name is not supported");
    expect(
      refusalOf({ ...normalize(''), fields: '' }, { dialect: 'happynear' }),
    ).to.include("happynear's layer of this name is not supported");
  });
});
