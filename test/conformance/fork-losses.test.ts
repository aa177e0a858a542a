import { compile } from '../../compiler/compile.js';
import type { Shape } from '../../compiler/ir/types.js';
import { gradientNames } from '../../compiler/lower.js';

import { openEvaluatorIn } from '../../runtime/evaluator.js';

import { oneLayerText } from '../support/one-layer.js';
import { requireNative } from '../support/require-native.js';
import { sharedThread } from '../support/run-ops.js';
import { near, readAs, type RuleCase, testRule } from './rule-case.js';

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
const cases: Readonly<Record<string, RuleCase>> = {
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
describe('Losses and normalisations of forks', function () {
  this.timeout(60_000);

  before(function () {
    requireNative(this);
  });

  for (const [name, layer] of Object.entries(cases)) testRule(name, layer);
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
