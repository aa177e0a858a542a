import { expect } from 'chai';

import type { Shape } from '../../compiler/ir/types.js';
import { float32 } from '../../compiler/ir/types.js';
import { constant } from '../../compiler/ops/constant.js';

import { checkGradients } from '../support/gradient-check.js';
import { numbers } from '../support/numbers.js';
import { requireNative } from '../support/require-native.js';
import { layerToCheck, runLayer } from '../support/run-layer.js';

const map: Shape = [2, 8, 9, 13];
const [, channels = 1, height = 1, width = 1] = map;
const count = 2 * channels * height * width;

/** Inside of the map, at its edges, beyond them, of one cell, with its corners swapped. */
const rois = [
  [0, 0, 0, 207, 143],
  [1, 16, 32, 95, 100],
  [0, 37, 5, 119, 61],
  [1, 100, 100, 100, 100],
  [0, -50, -20, 60, 400],
  [1, 150, 20, 130, 10],
  [0, 500, 20, 600, 80],
  [1, 8, 8, 24, 24],
  [0, 3.5, 120.5, 199.5, 139.5],
] as const;

const f = Math.fround;
/** C's round. */
const round = (x: number): number => Math.sign(x) * Math.round(Math.abs(x));

const clamp = (x: number, most: number): number =>
  Math.min(Math.max(x, 0), most);

interface Bin {
  readonly from: number;
  readonly to: number;
}

/** The rule of roi_pooling_layer.cpp on one axis, in float32. */
function largestBin(
  a: number,
  b: number,
  at: number,
  bins: number,
  size: number,
  scale: number,
): Bin {
  const [start, end] = [round(f(f(a) * f(scale))), round(f(f(b) * f(scale)))];
  const step = f(Math.max(end - start + 1, 1) / bins);
  return {
    from: clamp(Math.floor(f(at * step)) + start, size),
    to: clamp(Math.ceil(f((at + 1) * step)) + start, size),
  };
}

/** That of psroi_pooling_layer.cu. */
function meanBin(
  a: number,
  b: number,
  at: number,
  bins: number,
  size: number,
  scale: number,
): Bin {
  const start = f(round(f(a)) * f(scale));
  const end = f((round(f(b)) + 1) * f(scale));
  const step = f(Math.max(f(end - start), f(0.1)) / bins);
  return {
    from: clamp(Math.floor(f(f(at * step) + start)), size),
    to: clamp(Math.ceil(f(f((at + 1) * step) + start)), size),
  };
}

/** The numbers of a plane of the map in a box. */
function within(
  data: Float32Array,
  plane: number,
  rows: Bin,
  columns: Bin,
): readonly number[] {
  const found: number[] = [];
  for (let h = rows.from; h < rows.to; h++) {
    for (let w = columns.from; w < columns.to; w++) {
      found.push(data[(plane * height + h) * width + w] ?? NaN);
    }
  }
  return found;
}

const largestOf = (
  data: Float32Array,
  bins: Shape,
  scale: number,
): readonly number[] => {
  const [high = 1, wide = 1] = bins;
  return rois.flatMap(([item, x1, y1, x2, y2]) =>
    Array.from({ length: channels * high * wide }, (_, flat) => {
      const channel = Math.floor(flat / (high * wide));
      const [row, column] = [Math.floor(flat / wide) % high, flat % wide];
      const all = within(
        data,
        item * channels + channel,
        largestBin(y1, y2, row, high, height, scale),
        largestBin(x1, x2, column, wide, width, scale),
      );
      return all.length === 0 ? 0 : Math.max(...all);
    }),
  );
};

const meansOf = (
  data: Float32Array,
  groups: number,
  scale: number,
): readonly number[] =>
  rois.flatMap(([item, x1, y1, x2, y2]) =>
    Array.from({ length: channels }, (_, channel) => {
      const row = Math.floor(channel / groups) % groups;
      const column = channel % groups;
      const all = within(
        data,
        item * channels + channel,
        meanBin(y1, y2, row, groups, height, scale),
        meanBin(x1, x2, column, groups, width, scale),
      );
      return all.length === 0
        ? 0
        : all.reduce((sum, each) => sum + each, 0) / all.length;
    }),
  );

const layers = {
  'ROIPooling of 3 x 4 bins': {
    type: 'ROIPooling',
    fields:
      'roi_pooling_param { pooled_h: 3 pooled_w: 4 spatial_scale: 0.0625 }',
    top: [9, 8, 3, 4],
    wanted: (data: Float32Array) => largestOf(data, [3, 4], 0.0625),
  },
  'ROIPooling of 7 x 7 bins': {
    type: 'ROIPooling',
    fields: 'roi_pooling_param { pooled_h: 7 pooled_w: 7 spatial_scale: 0.06 }',
    top: [9, 8, 7, 7],
    wanted: (data: Float32Array) => largestOf(data, [7, 7], 0.06),
  },
  'ROIPooling of one bin': {
    type: 'ROIPooling',
    fields:
      'roi_pooling_param { pooled_h: 1 pooled_w: 1 spatial_scale: 0.0625 }',
    top: [9, 8, 1, 1],
    wanted: (data: Float32Array) => largestOf(data, [1, 1], 0.0625),
  },
  PSROIPooling: {
    type: 'PSROIPooling',
    fields:
      'psroi_pooling_param { spatial_scale: 0.0625 output_dim: 2 group_size: 2 }',
    top: [9, 2, 2, 2],
    wanted: (data: Float32Array) => meansOf(data, 2, 0.0625),
  },
};

describe('Pooling of regions', function () {
  this.timeout(60_000);

  before(function () {
    requireNative(this);
  });

  for (const [name, { type, fields, top, wanted }] of Object.entries(layers)) {
    const bottoms = [map, [rois.length, 5]];

    it(`has the numbers of the rule: ${name}`, async () => {
      const data = numbers(count, 11);
      const [found] = await runLayer({
        type,
        fields,
        bottoms,
        inputs: [data, rois.flat()],
      });
      const expected = wanted(data);
      expect(found?.shape).to.deep.equal(top);
      expect(found?.data).to.have.length(expected.length);
      found?.data.forEach((value, at) => {
        expect(value, `at ${at}`).to.be.closeTo(expected[at] ?? NaN, 1e-6);
      });
    });
  }

  for (const type of ['ROIPooling', 'PSROIPooling'] as const) {
    it(`has the gradients of small steps: ${type}`, async () => {
      const small = [2, 4, 4, 5];
      const { build } = layerToCheck({
        type,
        bottoms: [small, [3, 5]],
        fields:
          type === 'ROIPooling'
            ? 'roi_pooling_param { pooled_h: 2 pooled_w: 3 }'
            : 'psroi_pooling_param { spatial_scale: 1 output_dim: 1 group_size: 2 }',
      });
      const { compared, faults } = await checkGradients({
        inputs: [small],
        distinct: true,
        build: (builder, values) => {
          const regions = builder.apply(constant, [], {
            tensor: {
              type: float32([3, 5]),
              data: Float32Array.of(
                0,
                0,
                0,
                4,
                3,
                1,
                1,
                1,
                3,
                2,
                0,
                2,
                1,
                9,
                2,
              ),
            },
          });
          return build(builder, [...values, regions]);
        },
      });
      expect(compared).to.equal(160);
      expect(faults).to.deep.equal([]);
    });
  }

  it('fails for an item that does not exist (C4)', async () => {
    let failure: unknown;
    try {
      await runLayer({
        type: 'ROIPooling',
        fields: 'roi_pooling_param { pooled_h: 1 pooled_w: 1 }',
        bottoms: [
          [1, 1, 2, 2],
          [1, 5],
        ],
        inputs: [
          [1, 2, 3, 4],
          [1, 0, 0, 1, 1],
        ],
      });
    } catch (error) {
      failure = error;
    }
    expect(String(failure)).to.include('is not in [0, 1)');
  });
});
