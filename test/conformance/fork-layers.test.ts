import { expect } from 'chai';

import { compile } from '../../compiler/compile.js';
import { float32, type Shape } from '../../compiler/ir/types.js';
import { gradientNames } from '../../compiler/lower.js';
import { constant } from '../../compiler/ops/constant.js';

import { openEvaluatorIn } from '../../runtime/evaluator.js';

import { type Checked, checkGradients } from '../support/gradient-check.js';
import { type OneLayer, oneLayerText } from '../support/one-layer.js';
import { requireNative } from '../support/require-native.js';
import { layerToCheck, madeUp, runLayer } from '../support/run-layer.js';
import { sharedThread } from '../support/run-ops.js';

/** Numbers of a top, each by its place in the top: item, channel, row, column. */
function computed(
  [items = 1, channels = 1, rows = 1, columns = 1]: Shape,
  valueAt: (n: number, c: number, h: number, w: number) => number,
): readonly number[] {
  const numbers: number[] = [];
  for (let n = 0; n < items; n++) {
    for (let c = 0; c < channels; c++) {
      for (let h = 0; h < rows; h++) {
        for (let w = 0; w < columns; w++) numbers.push(valueAt(n, c, h, w));
      }
    }
  }
  return numbers;
}

/** Reads numbers as a blob of that shape. */
const readAs =
  (data: Float32Array | undefined, [, C = 1, H = 1, W = 1]: Shape) =>
  (n: number, c: number, h: number, w: number): number =>
    data?.[((n * C + c) * H + h) * W + w] ?? NaN;

const near = (
  found: readonly number[] | undefined,
  wanted: readonly number[],
): void => {
  expect(found).to.have.length(wanted.length);
  found?.forEach((value, at) => {
    const expected = wanted[at] ?? NaN;
    const bound = 1e-6 * Math.max(1, Math.abs(expected));
    expect(value, `at ${at}`).to.be.closeTo(expected, bound);
  });
};

const image: Shape = [2, 4, 4, 6];

/** A layer, the rule for its numbers written out, and how its gradient is checked. */
interface Case extends OneLayer {
  readonly top: Shape;
  readonly data?: readonly (readonly number[])[];
  readonly wanted: (
    inputs: readonly Float32Array[],
    n: number,
    c: number,
    h: number,
    w: number,
  ) => number;
  readonly parameters?: readonly (readonly number[])[];
  readonly check?: Partial<Checked>;
}

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

const cases: Readonly<Record<string, Case>> = {
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

const flat = (data: Float32Array | undefined): readonly number[] =>
  data === undefined ? [] : [...data];

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, each) => total + each, 0);

/** Of 3 items with 4 numbers: f(inside * (x - y)) * outside for sigma 2. */
const smoothLosses = (inputs: readonly Float32Array[]): number => {
  const [x, y, inside, outside] = inputs.map(flat);
  const losses = x?.map((value, at) => {
    const d = Math.abs((inside?.[at] ?? 1) * (value - (y?.[at] ?? NaN)));
    const loss = d < 1 / 4 ? 2 * d * d : d - 1 / 8;
    return (outside?.[at] ?? 1) * loss;
  });
  return sum(losses ?? []) / 3;
};

const four: Shape = [3, 4];
const labelled: Shape = [2, 3, 2, 1];

const losses: Readonly<Record<string, Case>> = {
  'SmoothL1Loss (C1)': {
    type: 'SmoothL1Loss',
    bottoms: [four, four],
    fields: 'smooth_l1_loss_param { sigma: 2 }',
    top: [],
    wanted: smoothLosses,
  },
  'SmoothL1Loss with weights': {
    type: 'SmoothL1Loss',
    bottoms: [four, four, four, four],
    fields: 'smooth_l1_loss_param { sigma: 2 }',
    top: [],
    wanted: smoothLosses,
    check: { wanted: [0, 1] },
  },
  CenterLoss: {
    type: 'CenterLoss',
    bottoms: [[3, 2], [3]],
    data: [
      [1, 2, 3, 4, 5, 6],
      [1, 0, 1],
    ],
    fields: 'center_loss_param { num_output: 2 }',
    parameters: [[0.5, 1, -1, 2]],
    top: [],
    // Distances (2, 0), (2.5, 3) and (6, 4) over 2N.
    wanted: () => (4 + 15.25 + 52) / 6,
    check: { wanted: [0] },
  },
  "SoftmaxWithLoss with SegNet's weights (C5)": {
    type: 'SoftmaxWithLoss',
    bottoms: [labelled, [2, 2]],
    data: [
      [0, 1, 2, -1, 0.5, 0, 0.25, -2, 1, 1, 0, 3],
      [0, 2, 1, 2],
    ],
    fields: `loss_param { weight_by_label_freqs: true ignore_label: 1
      class_weighting: 0.5 class_weighting: 4 class_weighting: 2 }`,
    top: [],
    wanted: ([x]) => {
      const at = readAs(x, labelled);
      const loss = (n: number, h: number, label: number): number => {
        const scores = [0, 1, 2].map((c) => Math.exp(at(n, c, h, 0)));
        return -Math.log((scores[label] ?? NaN) / sum(scores));
      };
      return (0.5 * loss(0, 0, 0) + 2 * loss(0, 1, 2) + 2 * loss(1, 1, 2)) / 3;
    },
    check: { wanted: [0] },
  },
  "SegNet's BN, which learns": {
    type: 'BN',
    bottoms: [[2, 2, 3, 1]],
    fields: 'bn_param { bn_mode: LEARN }',
    parameters: [
      [2, -1],
      [0.5, 3],
    ],
    top: [2, 2, 3, 1],
    wanted: ([x], n, c, h, w) => {
      const at = readAs(x, [2, 2, 3, 1]);
      const all = [0, 1].flatMap((item) =>
        [0, 1, 2].map((row) => at(item, c, row, 0)),
      );
      const mean = sum(all) / 6;
      const variance = sum(all.map((value) => (value - mean) ** 2)) / 6;
      const normal = (at(n, c, h, w) - mean) / Math.sqrt(variance + 1e-9);
      return normal * ([2, -1][c] ?? NaN) + ([0.5, 3][c] ?? NaN);
    },
  },
};

describe('Layers of forks', function () {
  this.timeout(60_000);

  before(function () {
    requireNative(this);
  });

  for (const [name, layer] of Object.entries({ ...cases, ...losses })) {
    it(`have the numbers of the rule: ${name}`, async () => {
      const inputs =
        layer.data?.map((each) => Float32Array.from(each)) ?? madeUp(layer);
      const [found] = await runLayer({ ...layer, inputs });
      expect(found?.shape).to.deep.equal(layer.top);
      near(
        found?.data,
        computed(layer.top, (...place) => layer.wanted(inputs, ...place)),
      );
    });

    it(`have the gradients of small steps: ${name}`, async () => {
      const { compared, faults } = await checkGradients({
        ...layerToCheck(layer),
        ...layer.check,
      });
      expect(compared).to.be.above(0);
      expect(faults).to.deep.equal([]);
    });
  }
});

describe("SegNet's Upsample", function () {
  this.timeout(60_000);

  before(function () {
    requireNative(this);
  });

  const unpool = (fields: string, planes: number, cells: Shape): OneLayer => ({
    type: 'Upsample',
    bottoms: [
      [1, planes, ...cells],
      [1, planes, ...cells],
    ],
    fields: `upsample_param { ${fields} }`,
  });

  it('puts numbers where the mask says (C2)', async () => {
    const [found] = await runLayer({
      ...unpool('upsample_h: 3 upsample_w: 4', 2, [1, 2]),
      inputs: [
        [1, 2, 3, 4],
        [5, 0, 11, 6],
      ],
    });
    expect(found?.shape).to.deep.equal([1, 2, 3, 4]);
    expect(found?.data).to.deep.equal([
      2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 3,
    ]);
  });

  it('lets the last of several have a place (C3)', async () => {
    const layer = unpool('scale: 2', 1, [2, 2]);
    const mask = [3, 3, 3, 9];
    const [found] = await runLayer({ ...layer, inputs: [[1, 5, 2, 4], mask] });
    expect(found?.data).to.deep.equal([
      0, 0, 0, 2, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0,
    ]);
  });

  /** What small steps say otherwise than the gradients, with a mask that does not move. */
  const faultsOf = async (
    mask: readonly number[],
  ): Promise<readonly string[]> => {
    const { build } = layerToCheck(unpool('scale: 2', 1, [2, 2]));
    const shape = [1, 1, 2, 2];
    const { faults } = await checkGradients({
      inputs: [shape],
      build: (builder, values) => {
        const tensor = { type: float32(shape), data: Float32Array.from(mask) };
        return build(builder, [
          ...values,
          builder.apply(constant, [], { tensor }),
        ]);
      },
    });
    return faults.map((fault) => fault.split(' ')[0] ?? '');
  };

  it('has the gradients of small steps', async () => {
    expect(await faultsOf([15, 3, 0, 9])).to.deep.equal([]);
  });

  it('gives its gradient to all of several for one place (C3)', async () => {
    expect(await faultsOf([3, 3, 3, 9])).to.deep.equal(['x0[0]', 'x0[1]']);
  });

  it('fails for a place that is not in the plane (C2)', async () => {
    const layer = unpool('scale: 2', 2, [1, 1]);
    let failure: unknown;
    try {
      await runLayer({
        ...layer,
        inputs: [
          [1, 2],
          [4, 0],
        ],
      });
    } catch (error) {
      failure = error;
    }
    expect(String(failure)).to.include('is not in [0, 4)');
  });
});

describe('Centers of CenterLoss', function () {
  this.timeout(60_000);

  before(function () {
    requireNative(this);
  });

  it('get their distances over 1 + their number, whatever the loss weighs (C1)', async () => {
    const text = oneLayerText({
      type: 'CenterLoss',
      bottoms: [[3, 2], [3]],
      fields: `center_loss_param { num_output: 3 } loss_weight: 0.25`,
    });
    const { model } = compile(
      { name: 'net.prototxt', text },
      { differentiate: true },
    );
    if (model === undefined) throw new Error('the net is refused');
    const evaluator = await openEvaluatorIn(await sharedThread(), model);
    try {
      // The filler gives zeros.
      await evaluator.initialize();
      const found = await evaluator.differentiate(
        new Map([
          [
            'x0',
            {
              dtype: 'float32',
              shape: [3, 2],
              data: Float32Array.of(1, 2, 3, 4, 5, 6),
            },
          ],
          [
            'x1',
            { dtype: 'float32', shape: [3], data: Float32Array.of(1, 0, 1) },
          ],
        ]),
      );
      const gradient = found.get(gradientNames.parameter('layer/0'));
      near(
        [...((gradient?.data ?? []) as Float32Array)],
        [-3 / 2, -4 / 2, -6 / 3, -8 / 3, 0, 0],
      );
      const items = found.get(gradientNames.input('x0'));
      near(
        [...((items?.data ?? []) as Float32Array)],
        [1, 2, 3, 4, 5, 6].map((value) => (0.25 * value) / 3),
      );
    } finally {
      await evaluator.close();
    }
  });
});
