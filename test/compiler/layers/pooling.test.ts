import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

const pooling = (bottom: readonly number[], param: string) => ({
  type: 'Pooling',
  bottoms: [bottom],
  fields: `pooling_param { ${param} }`,
});

describe('Pooling layer', () => {
  it('rounds the number of windows up (C1)', () => {
    for (const [size, param, top] of [
      [112, 'kernel_size: 3 stride: 2', 56],
      [8, 'kernel_size: 3 stride: 2', 4],
      [8, 'kernel_size: 3 stride: 2 round_mode: FLOOR', 3],
      [8, 'kernel_size: 2', 7],
      [6, 'kernel_size: 2 stride: 3', 3],
    ] as const) {
      expect(
        topsOf(pooling([1, 2, size, size], param), { dialect: 'bvlc' }),
        param,
      ).to.deep.equal([`1x2x${top}x${top}`]);
    }
  });

  it('drops a last window that starts in the padding, on both axes (C2)', () => {
    const param = 'kernel_size: 2 stride: 2 pad: 1';
    expect(topsOf(pooling([1, 1, 4, 5], param))).to.deep.equal(['1x1x3x3']);
    expect(
      topsOf(
        pooling([1, 1, 4, 6], 'kernel_size: 2 stride: 3 pad_h: 1 pad_w: 0'),
      ),
    ).to.deep.equal(['1x1x2x2']);
  });

  it('takes the whole image with global_pooling, or where the user wants it', () => {
    expect(
      topsOf(pooling([2, 3, 7, 5], 'pool: AVE global_pooling: true')),
    ).to.deep.equal(['2x3x1x1']);
    expect(
      topsOf(pooling([2, 3, 10, 10], 'pool: AVE kernel_size: 7'), {
        globalPool: true,
      }),
    ).to.deep.equal(['2x3x1x1']);
  });

  it('refuses what makes no sense', () => {
    for (const [param, reason] of [
      ['pool: MAX', 'kernel_size is missing'],
      ['kernel_size: 0', 'the kernel must not be 0'],
      ['kernel_size: 2 stride: 0', 'the stride must not be 0'],
      [
        'kernel_size: 2 kernel_h: 2 kernel_w: 2',
        'give kernel_size or kernel_h and kernel_w, not both',
      ],
      ['kernel_h: 2', 'kernel_h and kernel_w are given together'],
      [
        'kernel_size: 2 stride_w: 2',
        'stride_h and stride_w are given together',
      ],
      ['kernel_size: 2 pad_h: 1', 'pad_h and pad_w are given together'],
      ['kernel_size: 2 pad: 2', 'pad 2x2 must be smaller than the kernel 2x2'],
      ['kernel_size: 9', 'the kernel 9x9 is larger than the padded bottom 5x5'],
      [
        'global_pooling: true kernel_size: 2',
        'global_pooling takes its kernel from the bottom',
      ],
      [
        'global_pooling: true pad: 1',
        'global_pooling goes with pad 0 and stride 1',
      ],
    ] as const) {
      expect(refusalOf(pooling([1, 1, 5, 5], param)), param).to.equal(
        `refused: ${reason}`,
      );
    }
    expect(refusalOf(pooling([1, 5, 5], 'kernel_size: 2'))).to.equal(
      'refused: its bottom must have 4 axes, not 3',
    );
  });

  it('has a mask for MAX only (C5), and no padding for STOCHASTIC (C6)', () => {
    const two = (param: string) => ({
      ...pooling([1, 2, 5, 5], param),
      tops: ['y', 'mask'],
    });
    expect(topsOf(two('kernel_size: 2 stride: 2'))).to.deep.equal([
      '1x2x3x3',
      '1x2x3x3',
    ]);
    expect(refusalOf(two('pool: AVE kernel_size: 2'))).to.equal(
      'refused: a second top, the mask, is for MAX only, not for AVE',
    );
    expect(
      refusalOf(
        pooling([1, 2, 5, 5], 'pool: STOCHASTIC kernel_size: 3 pad: 1'),
      ),
    ).to.equal('refused: padding is for MAX and AVE only, not for STOCHASTIC');
  });
});
