import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const shuffle = (bottom: readonly number[], param: string) => ({
  type: 'ShuffleChannel',
  dialect: 'mini-caffe' as const,
  bottoms: [bottom],
  fields: `shuffle_channel_param { ${param} }`,
});

describe('ShuffleChannel layer', () => {
  it('keeps the size, in four axes', () => {
    expect(topsOf(shuffle([2, 6, 4, 5], 'group: 3'))).to.deep.equal([
      '2x6x4x5',
    ]);
    expect(topsOf(shuffle([2, 6], ''))).to.deep.equal(['2x6x1x1']);
  });

  it('refuses groups that do not divide', () => {
    expect(refusalOf(shuffle([2, 6, 4, 5], 'group: 4'))).to.equal(
      'refused: 6 channels do not make 4 groups',
    );
    expect(refusalOf(shuffle([2, 6, 4, 5], 'group: 0'))).to.equal(
      'refused: 6 channels do not make 0 groups',
    );
  });
});
