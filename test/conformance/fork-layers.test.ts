import type { Shape } from '../../compiler/ir/types.js';

import { requireNative } from '../support/require-native.js';
import { readAs, type RuleCase, testRule } from './rule-case.js';

const image: Shape = [2, 4, 4, 6];
const reorgOf = (shape: Shape, stride: number) => {
  const [, C = 1, H = 1, W = 1] = shape;
  const fewer = C / stride ** 2;
  // As darknet writes it: a flat place of the bottom's shape, and the one in the wide plane.
  return (c: number, h: number, w: number): number => {
    const offset = Math.floor(c / fewer);
    const wide = w * stride + (offset % stride);
    const high = h * stride + Math.floor(offset / stride);
    return wide + W * stride * (high + H * stride * (c % fewer));
  };
};

const cases: Readonly<Record<string, RuleCase>> = {
  'Permute: what is not named follows (C1)': {
    type: 'Permute',
    bottoms: [image],
    fields: 'permute_param { order: 0 order: 2 order: 3 }',
    top: [2, 4, 6, 4],
    wanted: ([x], n, c, h, w) => readAs(x, image)(n, w, c, h),
  },
  Transpose: {
    type: 'Transpose',
    bottoms: [image],
    fields: 'transpose_param { dim: 3 dim: 2 dim: 0 dim: 1 }',
    top: [6, 4, 2, 4],
    wanted: ([x], n, c, h, w) => readAs(x, image)(h, w, c, n),
  },
  Reverse: {
    type: 'Reverse',
    bottoms: [image],
    fields: 'reverse_param { axis: 2 }',
    top: image,
    wanted: ([x], n, c, h, w) => readAs(x, image)(n, c, 3 - h, w),
  },
  Axpy: {
    type: 'Axpy',
    bottoms: [[2, 4, 1, 1], image, image],
    top: image,
    wanted: ([a, x, y], n, c, h, w) =>
      readAs(a, [2, 4])(n, c, 0, 0) * readAs(x, image)(n, c, h, w) +
      readAs(y, image)(n, c, h, w),
  },
  CropCenter: {
    type: 'CropCenter',
    bottoms: [image],
    fields:
      'crop_center_param { crop_size: 0 crop_size: 1 crop_size: 1 crop_size: 2 }',
    top: [2, 2, 2, 2],
    wanted: ([x], n, c, h, w) => readAs(x, image)(n, c + 1, h + 1, w + 2),
  },
  ReLU6: {
    type: 'ReLU6',
    bottoms: [[1, 2, 2, 2]],
    data: [[-1, 0, 3, 6, 7, 5.5, -8, 100]],
    top: [1, 2, 2, 2],
    wanted: ([x], n, c, h, w) =>
      Math.min(Math.max(readAs(x, [1, 2, 2, 2])(n, c, h, w), 0), 6),
    check: { range: [-3, 9], kink: 0 },
  },
  ShuffleChannel: {
    type: 'ShuffleChannel',
    bottoms: [image],
    fields: 'shuffle_channel_param { group: 2 }',
    top: image,
    wanted: ([x], n, c, h, w) =>
      readAs(x, image)(n, (c % 2) * 2 + Math.floor(c / 2), h, w),
  },
  'Upsample of one bottom (C1)': {
    type: 'Upsample',
    bottoms: [image],
    fields: 'upsample_param { scale: 3 }',
    top: [2, 4, 12, 18],
    wanted: ([x], n, c, h, w) =>
      readAs(x, image)(n, c, Math.floor(h / 3), Math.floor(w / 3)),
  },
  'Reorg (C1)': {
    type: 'Reorg',
    bottoms: [[2, 8, 4, 6]],
    fields: 'reorg_param { stride: 2 }',
    top: [2, 32, 2, 3],
    wanted: ([x], n, c, h, w) => {
      // The top's numbers in order are those of an enumeration of the bottom's places.
      const flat = (c * 2 + h) * 3 + w;
      const [from, row, column] = [
        Math.floor(flat / 24),
        Math.floor(flat / 6) % 4,
        flat % 6,
      ];
      const place = reorgOf([2, 8, 4, 6], 2)(from, row, column);
      return x?.[n * 192 + place] ?? NaN;
    },
  },
  'Reorg, reversed (C2)': {
    type: 'Reorg',
    bottoms: [[1, 8, 2, 3]],
    fields: 'reorg_param { stride: 2 reverse: true }',
    top: [1, 2, 4, 6],
    wanted: ([x], _, c, h, w) => {
      const goes = reorgOf([1, 8, 2, 3], 2);
      const target = (c * 4 + h) * 6 + w;
      for (let from = 0; from < 48; from++) {
        const place = goes(
          Math.floor(from / 6),
          Math.floor(from / 3) % 2,
          from % 3,
        );
        if (place === target) return x?.[from] ?? NaN;
      }
      return NaN;
    },
  },
  'Normalize of whole items (C1)': {
    type: 'Normalize',
    bottoms: [[2, 3, 2, 2]],
    top: [2, 3, 2, 2],
    parameters: [[2.5]],
    wanted: ([x], n, c, h, w) => {
      const item = x?.slice(12 * n, 12 * (n + 1)) ?? [];
      const squares = [...item].reduce((sum, each) => sum + each ** 2, 1e-10);
      return (2.5 * readAs(x, [2, 3, 2, 2])(n, c, h, w)) / Math.sqrt(squares);
    },
  },
  'Normalize of each place (C1)': {
    type: 'Normalize',
    bottoms: [[2, 3, 2, 2]],
    fields:
      'norm_param { across_spatial: false channel_shared: false eps: 0.25 }',
    top: [2, 3, 2, 2],
    parameters: [[1, -2, 3]],
    wanted: ([x], n, c, h, w) => {
      const at = readAs(x, [2, 3, 2, 2]);
      const squares = [0, 1, 2].reduce(
        (sum, channel) => sum + at(n, channel, h, w) ** 2,
        0.25,
      );
      return (([1, -2, 3][c] ?? NaN) * at(n, c, h, w)) / Math.sqrt(squares);
    },
  },
};
describe('Layers of forks', function () {
  this.timeout(60_000);

  before(function () {
    requireNative(this);
  });

  for (const [name, layer] of Object.entries(cases)) testRule(name, layer);
});
