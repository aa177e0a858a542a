import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

describe('Clip layer', () => {
  const clip = (param: string) => ({
    type: 'Clip',
    bottoms: [[2, 3]],
    fields: `clip_param { ${param} }`,
  });
  const options = { dialect: 'bvlc' } as const;

  it('keeps the shape', () => {
    expect(topsOf(clip('min: -1 max: 1'), options)).to.deep.equal(['2x3']);
  });

  it('wants both bounds (C1)', () => {
    expect(refusalOf(clip('min: -1'), options)).to.include('max');
    expect(refusalOf(clip('max: 1'), options)).to.include('min');
  });
});
